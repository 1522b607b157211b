using System.CommandLine;
using KernelSim.LabScripts.Explain;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Explain;

/// <summary><c>explain</c>: what an errno, a check, a result or a status means here, and every way to reach it.</summary>
internal sealed class ExplainCommand : ICommandModule
{
    private readonly Argument<string?> _word = new("ERRNO|CHECK")
    {
        Description =
            "An errno (EINVAL, 22, -22), a check (KS2010 or its id), the name of a result, or an NTSTATUS or Win32 error by name or number. "
            + "Without it: the list of errnos and checks.",
        HelpName = "ERRNO|CHECK",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { _ => Explainer.Words() },
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim explain EINVAL",
        "Shows every check, result and status that a program sees as EINVAL.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_word, AnyNumber.IsMeantBy);
        Command command = new("explain", "Say what an errno or a check id means here, and every way to reach it.");
        command.Arguments.Add(_word);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), parsed.GetValue(_word)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string? word)
    {
        if (word is null)
        {
            return List(console, format);
        }

        if (Explainer.Find(word) is not { } explanation)
        {
            string hint = AnyNumber.IsMeantBy(word) ? "" : NearestWords.Hint(word, Explainer.Words());
            return Failure.WrongUsage(
                $"explain: '{word}' given, expected an errno, a check, a result or a status"
                + (hint.Length > 0 ? hint : "; 'kernelsim explain' lists them")).Tell(console, format);
        }

        if (format == OutputFormat.Text)
        {
            new ExplanationText(new Page(console)).Write(explanation);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => ExplanationJson.Write(json, explanation)));
        }

        return ExitCode.Done;
    }

    private static int List(ToolConsole console, OutputFormat format)
    {
        if (format == OutputFormat.Text)
        {
            new ExplanationText(new Page(console)).WriteList();
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, ExplanationJson.WriteList));
        }

        return ExitCode.Done;
    }
}
