using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KernelSim.Tool.CommandLine;

/// <summary>The usual help page, and an example below it.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private readonly HelpAction _page;
    private readonly IReadOnlyDictionary<Command, CommandExample> _examples;

    /// <summary>Makes the action for a command line.</summary>
    /// <param name="width">Columns of the page.</param>
    /// <param name="examples">The example of each command.</param>
    public HelpWithExample(int width, IReadOnlyDictionary<Command, CommandExample> examples)
    {
        _page = new HelpAction { MaxWidth = width };
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
            output.WriteLine($"  $ {example.CommandLine}");
            output.WriteLine($"  {example.Does}");
        }

        return ExitCode.Done;
    }
}
