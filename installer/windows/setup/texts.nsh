; SPDX-License-Identifier: MIT
; What the installer and the uninstaller say, in English and German.
!macro Text NAME ENGLISH GERMAN
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${NAME} ${LANG_GERMAN} "${GERMAN}"
!macroend

!insertmacro Text ProgramRuns \
  "${PRODUCT} is running. Close its window, or wait until its check has ended, then try again. Nothing was changed." \
  "${PRODUCT} läuft gerade. Schließen Sie das Fenster oder warten Sie, bis die Prüfung beendet ist, und versuchen Sie es dann noch einmal. Es wurde nichts geändert."

!insertmacro Text AnotherIsAtWork \
  "${PRODUCT} is being installed or removed at this moment. Wait until that has ended, then try again. Nothing was changed." \
  "${PRODUCT} wird gerade installiert oder entfernt. Warten Sie, bis das beendet ist, und versuchen Sie es dann noch einmal. Es wurde nichts geändert."
