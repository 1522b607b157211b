# Completes the words of kernelsim in bash. The tool itself is asked for them at each press of Tab.
#   source <(kernelsim completion bash)

_kernelsim() {
    local -a words=()
    local i last word kept line paths='' commands=''

    # bash also splits words at = and :, which the tool does not.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        last=$((${#words[@]} - 1))
        if ((last >= 0)) && [[ $word == [=:]* || ${words[last]} == *[=:] ]]; then
            words[last]+=$word
        else
            words+=("$word")
        fi
    done

    COMPREPLY=()
    while IFS= read -r line; do
        line=${line%%$'\t'*}
        case $line in
            :files) paths=-f ;;
            :folders) paths=-d ;;
            :commands) commands=-c ;;
            *) COMPREPLY+=("$line") ;;
        esac
    done < <("${1/#\~/$HOME}" complete -- "${words[@]}" 2>/dev/null)

    # What stands before the last of them is not replaced.
    [[ $word == [=:]* ]] && word=${word#?}
    kept=${words[${#words[@]} - 1]}
    kept=${kept%"$word"}
    if [[ $kept ]] && ((${#COMPREPLY[@]})); then
        COMPREPLY=("${COMPREPLY[@]#"$kept"}")
    fi

    # Where only paths can stand, readline's own completion of them knows about quotes.
    if [[ $paths && ${#COMPREPLY[@]} -eq 0 ]]; then
        case $paths in
            -f) compopt -o default 2>/dev/null && return ;;
            -d) compopt -o dirnames 2>/dev/null && return ;;
        esac
    fi

    if [[ $paths$commands ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do
            COMPREPLY+=("$line")
        done < <(compgen $paths $commands -- "$word")
    fi
}

complete -F _kernelsim kernelsim
