using System.CommandLine;
using System.Globalization;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Running;

/// <summary><c>bpf run</c>: runs the bytes of a program in an engine, outside of any map or hook. It is a plugin of bpf_conformance.</summary>
internal sealed class RunCommand : ICommandModule
{
    /// <summary>The word for many programs on standard input.</summary>
    private const string Many = "-";

    private readonly Argument<string?> _memory = new("MEMORY")
    {
        Description = "What r1 points to, as hex; r2 is its length. - reads JSON Lines from standard input: many programs, each with its memory.",
        HelpName = "MEMORY",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _program = new("--program")
    {
        Description = "The program's bytes as hex. Without it they are read from standard input.",
        HelpName = "HEX",
    };

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "What runs it; both fails if the engines differ.",
        DefaultValueFactory = _ => EngineChoice.Both,
    };

    private readonly OutputOptions _output = new();

    public RunCommand() => _engine.AcceptOnlyFromAmong([.. EngineChoice.Names]);

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf run 0102 --program \"71 10 01 00 00 00 00 00 95 00 00 00 00 00 00 00\"",
        "Prints 2: the program loads the second byte of its memory.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_memory, word => word == Many);
        Command command = new("run", "Run the bytes of a program and print r0.");
        command.Arguments.Add(_memory);
        command.Options.Add(_program);
        command.Options.Add(_engine);
        _output.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_memory) == Many && result.GetValue(_program) is not null)
            {
                result.AddError("--program given with -, expected the programs on standard input");
            }
        });
        command.SetAction(parsed =>
        {
            using StoppableHost host = new();
            ProgramRun run = new(EngineChoice.Named(parsed.GetValue(_engine)!), host);
            OutputFormat format = _output.Read(parsed);
            return parsed.GetValue(_memory) is Many
                ? new ProgramLines(console, format, run).Execute()
                : One(console, format, run, parsed.GetValue(_program) ?? console.In.ReadToEnd(), parsed.GetValue(_memory) ?? "");
        });
        return command;
    }

    private static int One(ToolConsole console, OutputFormat format, ProgramRun run, string program, string memory)
    {
        if (!HexText.TryRead(memory, out byte[] memoryBytes, out string problem) || !HexText.TryRead(program, out byte[] programBytes, out problem))
        {
            return Failure.WrongUsage($"bpf run: {problem}").Tell(console, format);
        }

        RunResult result = run.Of(programBytes, memoryBytes);
        if (result.Error is { } error)
        {
            return new Failure($"bpf run: {error}").Tell(console, format);
        }

        console.Out.WriteLine(format == OutputFormat.Text
            ? result.R0.ToString("x", CultureInfo.InvariantCulture)
            : JsonText.Of(format, json => result.Write(json)));
        return ExitCode.Done;
    }
}
