; SPDX-License-Identifier: MIT
; What the installer says, in English and German.

!insertmacro Text Options \
  "Options of setup:$\r$\n/S  no window; what goes wrong is said on the console$\r$\n/ALLUSERS  for everyone on this computer; needs administrator rights$\r$\n/D=FOLDER  another folder: a full path without quotation marks, also with spaces; the last option" \
  "Optionen des Setups:$\r$\n/S  ohne Fenster; was nicht geht, steht in der Konsole$\r$\n/ALLUSERS  für alle auf diesem Computer; braucht Administratorrechte$\r$\n/D=ORDNER  ein anderer Ordner: ein vollständiger Pfad ohne Anführungszeichen, auch mit Leerzeichen; die letzte Option"

!insertmacro Text UnknownOption \
  "Setup doesn't know the option $R1. Nothing was installed.$\r$\n$\r$\n$(Options)" \
  "Das Setup kennt die Option $R1 nicht. Es wurde nichts installiert.$\r$\n$\r$\n$(Options)"

!insertmacro Text WrongFolderOption \
  "/D=$R1 doesn't name one folder. Give a full path such as /D=D:\Tools\${PRODUCT}, with \ and without / : * ? < > | in names. /D= is the last option; others stand before it. Nothing was installed." \
  "/D=$R1 nennt keinen Ordner. Geben Sie einen vollständigen Pfad an, zum Beispiel /D=D:\Tools\${PRODUCT}, mit \ und ohne / : * ? < > | in Namen. /D= ist die letzte Option; andere stehen davor. Es wurde nichts installiert."

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

!insertmacro Text LinkInside \
  "$Link is a link that leads to another folder. Setup writes and removes nothing behind such a link, because other files may lie there. Remove the link or choose another folder. Nothing was installed." \
  "$Link ist eine Verknüpfung in einen anderen Ordner. Dahinter schreibt und löscht das Setup nichts, weil dort andere Dateien liegen können. Entfernen Sie die Verknüpfung oder wählen Sie einen anderen Ordner. Es wurde nichts installiert."

!insertmacro Text OldFileInUse \
  "$R1 is in use, so the older version can't be replaced. Close what uses it and start setup again. Nothing was changed." \
  "$R1 wird gerade benutzt, deshalb lässt sich die ältere Version nicht ersetzen. Schließen Sie das Programm, das die Datei benutzt, und starten Sie das Setup noch einmal. Es wurde nichts geändert."

!insertmacro Text OldFileClosed \
  "$R1 is of the older version and can't be replaced: Windows doesn't let this account change it. Check your rights there and the drive, and start setup again. Nothing was changed." \
  "$R1 gehört zur älteren Version und lässt sich nicht ersetzen: Windows erlaubt diesem Konto die Änderung nicht. Prüfen Sie Ihre Rechte dort und das Laufwerk, und starten Sie das Setup noch einmal. Es wurde nichts geändert."

!insertmacro Text OldFileStayed \
  "$R1 could not be removed, so the older version is replaced only in part. Close what uses the file and start setup again. Until then ${PRODUCT} may not start." \
  "$R1 ließ sich nicht löschen, deshalb ist die ältere Version nur zum Teil ersetzt. Schließen Sie das Programm, das die Datei benutzt, und starten Sie das Setup noch einmal. Bis dahin startet ${PRODUCT} vielleicht nicht."

!insertmacro Text CopyingFailed \
  "Not all files could be written to $INSTDIR, so ${PRODUCT} is installed only in part. It needs ${NEEDED_MB} MB in all; the drive has $FreeMB MB free now. Free some space, check the drive and your rights there, then start setup again." \
  "Nicht alle Dateien ließen sich in $INSTDIR schreiben, deshalb ist ${PRODUCT} nur zum Teil installiert. Es braucht insgesamt ${NEEDED_MB} MB; auf dem Laufwerk sind jetzt $FreeMB MB frei. Schaffen Sie Platz, prüfen Sie das Laufwerk und Ihre Rechte dort, und starten Sie dann das Setup noch einmal."

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
