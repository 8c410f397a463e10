@echo off
setlocal
for /f "delims=" %%i in ('node -p "require.resolve('pulumi-webex-wholesale/import')"') do set HOOK=%%i
for /f "delims=" %%i in ('node -p "require.resolve('@pulumi/pulumi/cmd/dynamic-provider')"') do set PLUGIN=%%i
if "%HOOK%"=="" exit /b 1
if "%PLUGIN%"=="" exit /b 1
node --require "%HOOK%" "%PLUGIN%" %*
