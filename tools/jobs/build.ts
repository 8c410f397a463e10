// `npm run build`: set-up has built already; this says so.
process.stdout.write('provider/dist, policy/dist and simulator/dist are up to date\n');
