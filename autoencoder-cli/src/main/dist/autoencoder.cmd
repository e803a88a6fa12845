@echo off
rem Runs the autoencoder command from the folder that it was unpacked to.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -Djava.awt.headless=true %JAVA_OPTS% -cp "%~dp0..\lib\*" io.github.autoencoder4j.cli.Cli %*
