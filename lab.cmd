@echo off
rem Builds the lab when its sources are newer than the last build, then runs it.
rem Paths in the arguments are relative to the directory this is called from.
setlocal
set "ROOT=%~dp0"
set "OUT=%ROOT%examples\target\lab"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
set "VERSION="
rem "call" keeps cmd from stripping the quotes around the path.
for /f "tokens=3" %%v in ('call "%JAVA%" -version 2^>^&1 ^| findstr /i version') do if not defined VERSION set "VERSION=%%~v"
for /f "tokens=1 delims=.-+" %%v in ("%VERSION%") do set "VERSION=%%v"
if not defined VERSION (
  echo lab: no java found. Install a JDK 17 or newer, or set JAVA_HOME. 1>&2
  exit /b 1
)
if %VERSION% LSS 17 (
  echo lab: Java %VERSION% is too old. Install a JDK 17 or newer, or set JAVA_HOME. 1>&2
  exit /b 1
)

powershell -NoProfile -Command "$s = Get-Item -ErrorAction SilentlyContinue '%OUT%\built'; if (-not $s) { exit 1 }; $f = Get-ChildItem -Recurse '%ROOT%pom.xml', '%ROOT%*\pom.xml', '%ROOT%autoencoder-*\src\main', '%ROOT%examples\src\main' | Where-Object { $_.LastWriteTime -gt $s.LastWriteTime }; if ($f) { exit 1 }"
if not errorlevel 1 goto run

where mvn >nul 2>nul
if errorlevel 1 (
  echo lab: no mvn found. Install Maven 3.8 or newer: the lab is built from its sources. 1>&2
  exit /b 1
)
echo lab: building; the first time this fetches the libraries, which can take some minutes ... 1>&2
rem Old versions of a library must not stay on the class path beside the new one.
if exist "%OUT%\lib" rmdir /s /q "%OUT%\lib"
if exist "%OUT%\built" del /q "%OUT%\built"
if not exist "%OUT%" mkdir "%OUT%"
rem Dated from before the build, so that an edit made meanwhile is not taken for built.
type nul > "%OUT%\started"
call mvn -B -q -ntp -Dstyle.color=never -f "%ROOT%pom.xml" -pl examples -am -Plab -Dgates.skip -Dmaven.test.skip package 1>&2
if errorlevel 1 (
  echo lab: the build failed, see above. 1>&2
  exit /b 1
)
move /y "%OUT%\started" "%OUT%\built" >nul

:run
set "FLAGS=-Xmx2g -Djava.awt.headless=true"
rem The Windows terminal draws progress bars; a line an epoch is for pipes.
set "FLAGS=%FLAGS% -Dlab.terminal=true"
rem Native code and Unsafe are how ND4J works; without these the JVM warns of both.
if %VERSION% GEQ 24 set "FLAGS=%FLAGS% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
"%JAVA%" %FLAGS% %JAVA_OPTS% -cp "%OUT%\classes;%OUT%\lib\*" io.github.autoencoder4j.examples.lab.Lab %*
exit /b %errorlevel%
