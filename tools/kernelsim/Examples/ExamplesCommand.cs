using System.CommandLine;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Examples;

/// <summary><c>examples</c>: lab scripts to begin with.</summary>
internal sealed class ExamplesCommand : ICommandModule
{
    private readonly Argument<string?> _id = new("ID")
    {
        Description = "The example whose script to print; the list of all if omitted.",
        HelpName = "ID",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { _ => ExampleTable.All.Select(e => e.Id) },
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim examples map/queue | kernelsim script -", "Runs the example of a queue. Its first line names the options that it needs.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_id, _ => false);
        Command command = new("examples", "Print lab scripts: the tour, map types, exhibits, questions.");
        command.Arguments.Add(_id);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), parsed.GetValue(_id)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string? id)
    {
        if (id is null)
        {
            List(console, format);
            return ExitCode.Done;
        }

        if (ExampleTable.Find(id) is not { } example)
        {
            string hint = NearestWords.Hint(id, ExampleTable.All.Select(e => e.Id));
            return Failure.WrongUsage(
                $"examples: '{id}' given, expected the id of an example{(hint.Length > 0 ? hint : "; 'kernelsim examples' lists them")}")
                .Tell(console, format);
        }

        if (format == OutputFormat.Text)
        {
            console.Out.WriteLine($"# {example.Command}");
            console.Out.Write(example.Script);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => ExampleJson.Write(json, example)));
        }

        return ExitCode.Done;
    }

    private static void List(ToolConsole console, OutputFormat format)
    {
        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(JsonText.Of(format, ExampleJson.WriteAll));
            return;
        }

        TextTable table = new("id", "example") { Whole = "id" };
        foreach (ExampleRow row in ExampleTable.All)
        {
            table.Add(row.Id, row.Title);
        }

        table.WriteTo(console);
    }
}
