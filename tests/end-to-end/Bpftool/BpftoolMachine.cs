using KernelSim.LabScripts.Machines;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>A machine in this process that runs bpftool's command lines, each in a process of its own on it.</summary>
internal sealed class BpftoolMachine : IDisposable
{
    private readonly MachineSettings _settings;

    public BpftoolMachine(MachineSettings? settings = null)
    {
        _settings = settings ?? new MachineSettings { Cpus = 2 };
        Assert.Null(LabMachine.Boot(_settings, out LabMachine? lab));
        Lab = lab!;
    }

    public LabMachine Lab { get; }

    /// <summary>Runs a command line whose words have no blanks.</summary>
    public ToolRun Run(string line) => Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs a command line.</summary>
    public ToolRun Run(string[] words) => RunWith("", words);

    /// <summary>Runs a command line that reads from standard input.</summary>
    public ToolRun RunWith(string input, params string[] words)
    {
        using StringReader reader = new(input);
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        ToolHost host = new(new ToolConsole(reader, output, error));
        BpftoolProcess process = new(Lab, _settings.Library, () => Lab.Start(_settings.ForProcess(BpftoolProcess.Image)));
        int exitCode = process.Run(host, words);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs command lines that succeed without a word.</summary>
    public void Prepare(params string[] lines)
    {
        foreach (string line in lines)
        {
            Assert.Equal(new ToolRun(0, "", ""), Run(line));
        }
    }

    public void Dispose() => Lab.Dispose();
}
