;;; Does in an Emacs what somebody would, and reports as JSON what came of it.  -*- lexical-binding: t -*-

(require 'json)
(require 'flymake)
(require 'xref)

(defvar scruple-report nil)

(defun scruple-report (key value)
  (push (cons key value) scruple-report))

(defun scruple-idle ()
  "What Emacs does after a command, and when nobody types: without a terminal it does neither by itself."
  (run-hooks 'post-command-hook)
  (mapc #'timer-event-handler (copy-sequence timer-idle-list))
  (accept-process-output nil 0.02))

(defun scruple-eventually (what give)
  "Wait until GIVE gives something, and return that."
  (let ((end (+ (float-time) 30)) got)
    (while (not (setq got (funcall give)))
      (when (> (float-time) end) (error "This never came: %s" what))
      (scruple-idle))
    got))

(defun scruple-finding (code)
  "The first finding with a code in this buffer."
  (seq-find (lambda (one) (string-match-p code (flymake-diagnostic-text one))) (flymake-diagnostics)))

(defun scruple-go-to (text)
  "Go to the end of a text, as slowly as somebody would."
  (scruple-idle)
  (goto-char (point-min))
  (search-forward text)
  (backward-char 1))

(defun scruple-line ()
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun y-or-n-p (&rest _) "They say yes." t)

(defun scruple-completions ()
  "What would be completed at point."
  (pcase (run-hook-with-args-until-success 'completion-at-point-functions)
    (`(,start ,_ ,table . ,_)
     (mapcar #'substring-no-properties (all-completions (buffer-substring start (point)) table)))))

(defun scruple-work ()
  (find-file "policies/letters.scruple")
  (scruple-report 'fileType (symbol-name major-mode))
  (scruple-eventually "a server" (lambda () (and (fboundp 'eglot-managed-p) (eglot-managed-p))))
  (let ((found (scruple-eventually "a finding" (lambda () (scruple-finding "SCR2006")))))
    (goto-char (flymake-diagnostic-beg found))
    (scruple-report 'finding
                    `((message . ,(flymake-diagnostic-text found))
                      (line . ,(line-number-at-pos)) (column . ,(1+ (current-column))))))

  (scruple-go-to "stret")
  (cl-letf ((last-nonmenu-event 'key)
            ((symbol-function 'completing-read) (lambda (_ choices &rest _) (car (all-completions "" choices)))))
    (call-interactively #'eglot-code-actions))
  (scruple-eventually "the fix" (lambda () (string-search "orders.street" (scruple-line))))
  (scruple-eventually "no finding" (lambda () (not (scruple-finding "SCR2006"))))

  ;; Nobody has the other file open: it changes on disk alone.
  (let ((before (with-temp-buffer (insert-file-contents "data.scruple") (buffer-string))))
    (with-temp-file "data.scruple" (insert (string-replace "street" "road" before)))
    (scruple-report 'onDisk
                    (flymake-diagnostic-text
                     (scruple-eventually "a finding" (lambda () (scruple-finding "SCR2006")))))
    (with-temp-file "data.scruple" (insert before))
    ;; The analysis finds this later than the rest.
    (scruple-eventually "a finding of the analysis" (lambda () (scruple-finding "SCR5011"))))

  (scruple-go-to "orders.street")
  (let (hover)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
    (scruple-report 'hover (substring-no-properties (scruple-eventually "a hover" (lambda () hover)))))
  (font-lock-ensure)
  (scruple-go-to "interaction")
  (scruple-report 'colour (symbol-name (get-text-property (point) 'face)))

  (scruple-go-to "email")
  (backward-char 4)
  (delete-char 5)
  (insert "e")
  (scruple-report 'completion (scruple-completions))
  (insert "mail")

  (scruple-go-to "orders.street")
  (eglot-rename "road")
  (scruple-eventually "a new name" (lambda () (string-search "orders.road" (scruple-line))))

  (scruple-go-to "channels")
  (goto-char (line-beginning-position))
  (insert "      ")
  (eglot-format-buffer)
  (let ((letters (current-buffer)))
    (scruple-go-to "orders.road")
    (call-interactively #'xref-find-definitions)
    (scruple-report 'definition (scruple-line))
    (switch-to-buffer letters))
  (save-some-buffers t))

(condition-case problem
    (scruple-work)
  (error (scruple-report 'problem (error-message-string problem))))
(let ((coding-system-for-write 'utf-8))
  (write-region (json-encode scruple-report) nil (getenv "REPORT")))
(kill-emacs 0)
