using System.CommandLine;
using System.CommandLine.Parsing;

namespace KernelSim.Tool.Client;

/// <summary>The option <c>--server [NAME]</c> of the verbs that can use a server.</summary>
internal sealed class ServerOption
{
    private readonly Option<string?> _option;

    /// <summary>Creates the option.</summary>
    /// <param name="description">What the verb does with the server, for the help.</param>
    public ServerOption(string description) => _option = new Option<string?>("--server")
    {
        Description = $"{description} NAME is '{ServerName.Default}' where it is left out.",
        HelpName = "NAME",
        CompletionSources = { _ => Running() },
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The option's name on the command line.</summary>
    public string Name => _option.Name;

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command command) => command.Options.Add(_option);

    /// <summary>The names of the servers whose sockets are there; none where they cannot be looked for.</summary>
    public static IEnumerable<string> Running()
    {
        _ = RuntimeFolder.Open(make: false, out RuntimeFolder? folder);
        using (folder)
        {
            return folder is null ? [] : [.. folder.Sockets.Select(s => Path.GetFileNameWithoutExtension(s)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether it was given.</summary>
    public bool IsGiven(SymbolResult result) => result.GetResult(_option) is not null;

    /// <summary>The word after the option; null if there is none.</summary>
    public string? Word(SymbolResult result) => result.GetResult(_option) is { Tokens: [{ } word] } ? word.Value : null;

    /// <summary>Refuses a word that is not a valid server name.</summary>
    public void ValidateName(SymbolResult result)
    {
        if (Word(result) is { } word && !ServerName.IsValid(word))
        {
            result.AddError(ServerName.Complaint(Name, word));
        }
    }

    /// <summary>The requested server; null if none.</summary>
    public string? Read(SymbolResult result) => IsGiven(result) ? Word(result) ?? ServerName.Default : null;
}
