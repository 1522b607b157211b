using System.CommandLine;
using System.CommandLine.Completions;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Completion;

/// <summary>Where in a command line the next word stands. A line that is being typed need not be valid so far.</summary>
internal sealed class CompletionPlace
{
    private const string EndOfOptions = "--";

    private readonly HashSet<Option> _given = [];
    private readonly List<string> _arguments = [];
    private Command _command;
    private Option? _open;
    private bool _optionsAreOver;

    /// <summary>Starts behind the tool's name.</summary>
    public CompletionPlace(Command root) => _command = root;

    /// <summary>Whether the next word must be the value of the option before it.</summary>
    public bool NeedsValue => _open is { Arity.MinimumNumberOfValues: > 0 };

    /// <summary>Whether verbs or arguments can stand here, so that options are offered only when asked for.</summary>
    public bool HasWords => _optionsAreOver || _open is not null || _command.Subcommands.Count > 0 || Argument is not null;

    /// <summary>The words of the host's command line that the next word belongs to; null where it belongs to the tool's.</summary>
    public List<string>? HostCommand =>
        _arguments.Count > 0 && Argument is { } argument && argument.CompletionSources.Contains(Offers.Commands) ? _arguments : null;

    /// <summary>The options that can follow.</summary>
    public IEnumerable<CompletionItem> Options => _optionsAreOver
        ? []
        : ArgumentRules.OptionsOf(_command)
            .Where(o => o.Arity.MaximumNumberOfValues > 1 || !_given.Contains(o))
            .Select(o => Item(o.Aliases.Prepend(o.Name).First(n => n.StartsWith("--", StringComparison.Ordinal)), o));

    /// <summary>The values, verbs or arguments that can follow.</summary>
    public IEnumerable<CompletionItem> Values => _open switch
    {
        { Arity.MinimumNumberOfValues: > 0 } => ValuesOf(_open),
        { } => ValuesOf(_open).Concat(Words),
        null => Words,
    };

    private IEnumerable<CompletionItem> Words =>
        (_arguments.Count > 0 ? [] : _command.Subcommands.Where(v => !v.Hidden).Select(v => Item(v.Name, v)))
        .Concat(Argument is { } argument ? argument.CompletionSources.SelectMany(s => s(CompletionContext.Empty)) : []);

    private Argument? Argument => _arguments.Count < _command.Arguments.Count
        ? _command.Arguments[_arguments.Count]
        : _command.Arguments.LastOrDefault(a => a.Arity.MaximumNumberOfValues > 1);

    /// <summary>The values that an option takes.</summary>
    public static IEnumerable<CompletionItem> ValuesOf(Option option) => option.CompletionSources.SelectMany(s => s(CompletionContext.Empty));

    /// <summary>The option that a word names, which may have its value after <c>=</c>; null if there is none.</summary>
    public Option? OptionNamed(string word)
    {
        string name = word.Split('=', 2)[0];
        return _optionsAreOver ? null : ArgumentRules.OptionsOf(_command).FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));
    }

    /// <summary>Takes a word that stands before the next one.</summary>
    public void Pass(string word)
    {
        bool isOption = word.Length > 1 && word.StartsWith('-') && !_optionsAreOver;
        if (_open is not null && (NeedsValue || !isOption))
        {
            _open = null;
        }
        else if (isOption)
        {
            _optionsAreOver = word == EndOfOptions;
            Option? option = OptionNamed(word);
            _open = option is not null && option.ValueType != typeof(bool) && !word.Contains('=', StringComparison.Ordinal) ? option : null;
            _ = option is not null && _given.Add(option);
        }
        else if (!_optionsAreOver && _arguments.Count == 0 && _command.Subcommands.FirstOrDefault(v => v.Name == word) is { } verb)
        {
            _command = verb;
        }
        else
        {
            _arguments.Add(word);
        }
    }

    /// <summary>A symbol with the first sentence of what the help says of it.</summary>
    private static CompletionItem Item(string label, Symbol symbol) =>
        new(label, detail: symbol.Description?.Split(". ", 2)[0].TrimEnd('.'));
}
