using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KernelSim.Tool.CommandLine;

/// <summary>The usual help page, followed by an example.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private readonly HelpAction _page;
    private readonly int _width;
    private readonly IReadOnlyDictionary<Command, CommandExample> _examples;

    /// <summary>Creates the action for a command line.</summary>
    /// <param name="width">Width of the page in columns.</param>
    /// <param name="examples">The example of each command.</param>
    public HelpWithExample(int width, IReadOnlyDictionary<Command, CommandExample> examples)
    {
        _page = new HelpAction { MaxWidth = width };
        _width = width;
        _examples = examples;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _page.Invoke(parseResult);
        if (_examples.TryGetValue(parseResult.CommandResult.Command, out CommandExample? example))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            string start = "  $ ";
            string[] lines = [.. CellText.Wrap(example.CommandLine, _width - 8, keepWords: true)];
            for (int i = 0; i < lines.Length; i++)
            {
                output.WriteLine(start + lines[i] + (i < lines.Length - 1 ? " \\" : ""));
                start = "      ";
            }

            foreach (string line in CellText.Wrap(example.Does, _width - 2))
            {
                output.WriteLine("  " + line);
            }
        }

        return ExitCode.Done;
    }
}
