using System.CommandLine;
using KernelSim.ObjectFiles;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.Bpf.Verification;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf;

/// <summary><c>bpf verify</c>: whether the programs of an object file may be loaded, and why not.</summary>
internal sealed class VerifyCommand : ICommandModule
{
    private readonly ObjectFileArgument _file = new();
    private readonly ProgramOptions _programs = new();
    private readonly ProgramTypeOption _type = new();
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Print each instruction, with what is known before it." };
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf verify counter.o --type xdp",
        "Says of each program whether it passes, and if not, which instruction and source line are the reason.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("verify", $"Say whether an object file's programs may be loaded, and why not. {VerifierTable.Scope}");
        _file.AddTo(command);
        _programs.AddTo(command);
        _type.AddTo(command);
        command.Options.Add(_verbose);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        OutputFormat format = _output.Read(parsed);
        IReadOnlyList<ObjectProgram> programs = [];
        if ((_file.Read(parsed, out BpfObjectFile file) ?? _programs.Choose(parsed, file, out programs)) is { } failure)
        {
            return failure.Tell(console, format);
        }

        IReadOnlyList<ProgramTypeFacts> types = ProgramTypeFacts.OfTheTool();
        if (_type.Read(parsed, types, out ProgramTypeFacts? type) is { } wrong)
        {
            return wrong.Tell(console, format);
        }

        VerifiedProgram[] verified = [.. programs.Select(p => VerifiedProgram.Of(file, p, type, types))];
        if (verified.Length == 0)
        {
            return new Failure($"'{file.Name}' given, expected an object file with programs: it has none").Tell(console, format);
        }

        Tell(console, format, file, verified, parsed.GetValue(_verbose));
        return verified.All(v => v.Verdict.IsPassed) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Tell(ToolConsole console, OutputFormat format, BpfObjectFile file, VerifiedProgram[] verified, bool isVerbose)
    {
        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(JsonText.Of(format, json => VerdictJson.Write(json, file, verified, isVerbose)));
            return;
        }

        VerdictText text = new(console, file);
        foreach (VerifiedProgram program in verified)
        {
            text.Write(program, isVerbose);
        }

        console.Out.Flush();
        console.Note(VerifierTable.Scope);
    }
}
