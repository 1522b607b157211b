#compdef kernelsim
# Completes the words of kernelsim in zsh. The tool itself is asked for them at each press of Tab.
#   source <(kernelsim completion zsh)

_kernelsim() {
    local -a described
    local line kept='' paths='' programs=''
    local -a before=("${(@Q)words[2,CURRENT-1]}")
    local current=${(Q)PREFIX}

    # What an option's value is completed to replaces the value alone.
    if [[ $current == --*=* ]]; then
        kept=${current%%=*}=
        compset -P '--*='
    fi

    while IFS= read -r line; do
        case $line in
            :files) paths=files ;;
            :folders) paths=folders ;;
            :commands) programs=1 ;;
            *$'\t'*) described+=("${${${line%%$'\t'*}#$kept}//:/\\:}:${line#*$'\t'}") ;;
            *) described+=("${${line#$kept}//:/\\:}") ;;
        esac
    done < <("${words[1]/#\~/$HOME}" complete -- "${before[@]}" "$current" 2>/dev/null)

    local found=1
    if (( $#described )); then
        _describe -t words kernelsim described -M 'm:{[:lower:]}={[:upper:]}' && found=0
    fi
    case $paths in
        files) _files && found=0 ;;
        folders) _files -/ && found=0 ;;
    esac
    if [[ -n $programs ]]; then
        _command_names -e && found=0
    fi
    return found
}

# Autoloaded as the file _kernelsim, it is run at once; sourced, it is registered.
if [[ $funcstack[1] == _kernelsim ]]; then
    _kernelsim "$@"
else
    if (( ! $+functions[compdef] )); then
        autoload -Uz compinit && compinit
    fi
    compdef _kernelsim kernelsim
fi
