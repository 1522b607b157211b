namespace KernelSim.Debugger.Commands;

/// <summary>The commands that there are, found by name or alias, whatever the case.</summary>
internal sealed class CommandTable
{
    /// <summary>The name of what ends the session.</summary>
    public const string Quit = "q";

    private readonly Dictionary<string, IDebuggerCommand> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, IEnumerable<string>, string> _hint;

    /// <summary>Makes a table.</summary>
    /// <param name="commands">The commands, in the order of the help.</param>
    /// <param name="hint">The end of a complaint about a word, if one of the known words is near: <c>; did you mean '!process'?</c></param>
    public CommandTable(IReadOnlyList<IDebuggerCommand> commands, Func<string, IEnumerable<string>, string>? hint = null)
    {
        All = commands;
        _hint = hint ?? ((_, _) => "");
        foreach (IDebuggerCommand command in commands)
        {
            foreach (string name in command.Aliases.Prepend(command.Name))
            {
                _byName.Add(name, command);
            }
        }
    }

    /// <summary>All commands, in the order of the help.</summary>
    public IReadOnlyList<IDebuggerCommand> All { get; }

    /// <summary>Every word that can begin a command.</summary>
    public IEnumerable<string> Names => _byName.Keys.Append(Quit);

    /// <summary>Other names of <see cref="Quit"/>.</summary>
    public static IReadOnlyList<string> OtherQuits { get; } = ["qq", "qd", "quit", "exit"];

    /// <summary>Whether a command ends the session.</summary>
    public static bool IsQuit(string text) => OtherQuits.Prepend(Quit).Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>The command of a name; null if there is none.</summary>
    public IDebuggerCommand? Named(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds a command by its first word.</summary>
    /// <exception cref="CommandException">There is no such command.</exception>
    public IDebuggerCommand Find(string text, out ArgumentList arguments)
    {
        IReadOnlyList<string> words = CommandLineText.Words(text);
        string name = words.Count > 0 ? words[0] : text;
        arguments = new ArgumentList(name, [.. words.Skip(1)]);
        return Named(name) ?? throw NoSuch(name);
    }

    /// <summary>The complaint about a name that no command has.</summary>
    public CommandException NoSuch(string name) => new($"'{name}' given, expected a command; .help lists them{_hint(name, Names)}");
}
