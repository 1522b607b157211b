using System.CommandLine;
using KernelSim.ObjectFiles;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>The argument that names an object file.</summary>
internal sealed class ObjectFileArgument
{
    private const string Expected = "an eBPF object file";

    private readonly Argument<string> _path = new("FILE.o")
    {
        Description = "An object file: what clang -target bpf -c writes.",
        HelpName = "FILE.o",
        CompletionSources = { Offers.Files },
    };

    /// <summary>Adds the argument to a verb.</summary>
    public void AddTo(Command command) => command.Arguments.Add(_path);

    /// <summary>Reads the file.</summary>
    /// <returns>Why it cannot be read; null if it was.</returns>
    public Failure? Read(ParseResult parsed, out BpfObjectFile file)
    {
        string path = parsed.GetRequiredValue(_path);
        file = null!;
        try
        {
            if (new FileInfo(path).Length > BpfObjectFile.LargestFile)
            {
                return new Failure($"'{path}' given, expected {Expected}: it has more than {BpfObjectFile.LargestFile >> 20} MiB");
            }

            return BpfObjectFile.TryRead(File.ReadAllBytes(path), path, out file!, out ObjectProblem? problem)
                ? null
                : new Failure(problem.Text) { Refusal = (problem.Check.Id, problem.Given, problem.Expected) };
        }
        catch (Exception e) when (Failure.FromHost(path, Expected, e) is not null)
        {
            return Failure.FromHost(path, Expected, e);
        }
    }
}
