using System.CommandLine;

namespace KernelSim.Tool.CommandLine;

/// <summary>The options <c>-j</c> and <c>-p</c>, shared by every verb.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json", "-j") { Description = "Print JSON: one document, or JSON Lines." };
    private readonly Option<bool> _pretty = new("--pretty", "-p") { Description = "Indent the JSON; implies -j." };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_pretty);
    }

    /// <summary>The requested format.</summary>
    public OutputFormat Read(ParseResult parsed) => Format(parsed.GetValue(_json), parsed.GetValue(_pretty));

    /// <summary>
    /// The format that the user seems to want on a command line that could not be parsed, for its error message.
    /// </summary>
    public static OutputFormat Guess(IEnumerable<string> args)
    {
        bool json = false;
        bool pretty = false;
        foreach (string arg in args.TakeWhile(a => a != "--"))
        {
            bool bundle = arg.Length > 1 && arg[0] == '-' && arg.Skip(1).All(c => c is 'j' or 'p');
            json |= arg == "--json" || (bundle && arg.Contains('j', StringComparison.Ordinal));
            pretty |= arg == "--pretty" || (bundle && arg.Contains('p', StringComparison.Ordinal));
        }

        return Format(json, pretty);
    }

    private static OutputFormat Format(bool json, bool pretty) =>
        pretty ? OutputFormat.PrettyJson : json ? OutputFormat.Json : OutputFormat.Text;
}
