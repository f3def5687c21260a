; SPDX-License-Identifier: MIT
; What the installer says, in English and German.

!insertmacro Text Options \
  "Options of setup:$\r$\n/S  no window; what goes wrong is said on the console$\r$\n/ALLUSERS  for everyone on this computer; needs administrator rights$\r$\n/D=FOLDER  another folder: a full path without quotation marks, also with spaces; the last option" \
  "Optionen des Setups:$\r$\n/S  ohne Fenster; was nicht geht, steht in der Konsole$\r$\n/ALLUSERS  für alle auf diesem Computer; braucht Administratorrechte$\r$\n/D=ORDNER  ein anderer Ordner: ein vollständiger Pfad ohne Anführungszeichen, auch mit Leerzeichen; die letzte Option"

!insertmacro Text UnknownOption \
  "Setup doesn't know the option $R1. Nothing was installed.$\r$\n$\r$\n$(Options)" \
  "Das Setup kennt die Option $R1 nicht. Es wurde nichts installiert.$\r$\n$\r$\n$(Options)"

!insertmacro Text WindowsTooOld \
  "${PRODUCT} needs Windows 10, Windows Server 2016 or later. This Windows is older. Nothing was installed." \
  "${PRODUCT} braucht Windows 10, Windows Server 2016 oder neuer. Dieses Windows ist älter. Es wurde nichts installiert."

!insertmacro Text NeedsAdministrator \
  "To install ${PRODUCT} for everyone, start setup from a prompt that was opened with 'Run as administrator'. Without /ALLUSERS it installs for you alone and needs no such rights. Nothing was installed." \
  "Um ${PRODUCT} für alle zu installieren, starten Sie das Setup aus einer Eingabeaufforderung, die mit 'Als Administrator ausführen' geöffnet wurde. Ohne /ALLUSERS wird nur für Sie installiert, das braucht keine besonderen Rechte. Es wurde nichts installiert."

!insertmacro Text FolderText \
  "Setup installs ${PRODUCT} for you alone; administrator rights aren't needed. It adds one entry to the start menu. Nothing of it starts by itself." \
  "${PRODUCT} wird nur für Sie installiert; Administratorrechte sind nicht nötig. Im Startmenü kommt ein Eintrag dazu. Nichts davon startet von selbst."

!insertmacro Text FolderTextAll \
  "Setup installs ${PRODUCT} for everyone on this computer. It adds one entry to the start menu. Nothing of it starts by itself." \
  "${PRODUCT} wird für alle auf diesem Computer installiert. Im Startmenü kommt ein Eintrag dazu. Nichts davon startet von selbst."

!insertmacro Text FolderIncomplete \
  "$INSTDIR is not a full path. Give one that begins with a drive, such as D:\Tools\${PRODUCT}, without quotation marks, also with spaces. Nothing was installed." \
  "$INSTDIR ist kein vollständiger Pfad. Geben Sie einen an, der mit einem Laufwerk beginnt, zum Beispiel D:\Tools\${PRODUCT}, ohne Anführungszeichen, auch mit Leerzeichen. Es wurde nichts installiert."

!insertmacro Text FolderHasSemicolon \
  "$INSTDIR has a semicolon in its path. ${PRODUCT} can't start in such a folder. Choose a path without semicolons. Nothing was installed." \
  "$INSTDIR hat ein Semikolon im Pfad. In einem solchen Ordner kann ${PRODUCT} nicht starten. Wählen Sie einen Pfad ohne Semikolon. Es wurde nichts installiert."

!insertmacro Text FolderHoldsOthers \
  "$INSTDIR holds other files. Choose an empty or a new folder, so that ${PRODUCT} and those files stay apart. Nothing was installed." \
  "$INSTDIR enthält andere Dateien. Wählen Sie einen leeren oder neuen Ordner, damit ${PRODUCT} und diese Dateien getrennt bleiben. Es wurde nichts installiert."

!insertmacro Text FolderReadOnly \
  "Nothing can be written to $INSTDIR. Choose another folder, or check the drive and your rights there. Nothing was installed." \
  "In $INSTDIR lässt sich nichts schreiben. Wählen Sie einen anderen Ordner oder prüfen Sie das Laufwerk und Ihre Rechte dort. Es wurde nichts installiert."

!insertmacro Text NoSpace \
  "$INSTDIR needs ${NEEDED_MB} MB, and its drive has $FreeMB MB free. Free some space or choose another drive. Nothing was installed." \
  "$INSTDIR braucht ${NEEDED_MB} MB, auf dem Laufwerk sind $FreeMB MB frei. Schaffen Sie Platz oder wählen Sie ein anderes Laufwerk. Es wurde nichts installiert."

!insertmacro Text OldFileInUse \
  "$R1 is in use, so the older version can't be replaced. Close what uses it and start setup again. Until then ${PRODUCT} may not start." \
  "$R1 wird gerade benutzt, deshalb lässt sich die ältere Version nicht ersetzen. Schließen Sie das Programm, das die Datei benutzt, und starten Sie das Setup noch einmal. Bis dahin startet ${PRODUCT} vielleicht nicht."

!insertmacro Text FinishedTitle \
  "${PRODUCT} was installed" \
  "${PRODUCT} wurde installiert"

!insertmacro Text AlsoForYou \
  "It is also installed for you alone in $R1." \
  "Es ist auch nur für Sie installiert, in $R1."

!insertmacro Text AlsoForEveryone \
  "It is also installed for everyone in $R1." \
  "Es ist auch für alle installiert, in $R1."

!insertmacro Text Finished \
  "${PRODUCT} is in the start menu. To remove it, use Windows' list of installed apps." \
  "${PRODUCT} steht jetzt im Startmenü. Entfernen können Sie es in Windows über die Liste der installierten Apps."

!insertmacro Text StartNow \
  "Start ${PRODUCT}" \
  "${PRODUCT} starten"
