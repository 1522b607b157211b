using System.Diagnostics;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.CommandLine;

/// <summary>The script for bash in a real one: it gets what bash gives to a function that completes. Skipped where there is no bash.</summary>
public sealed class BashCompletionTests
{
    [Theory]
    [InlineData("trace", "kernelsim", "tr")]
    [InlineData("packed guarded", "kernelsim", "tour", "--heap", "")]
    [InlineData("packed", "kernelsim", "tour", "--heap", "=", "p")]
    [InlineData("packed guarded", "kernelsim", "tour", "--heap", "=")]
    [InlineData("KernelSim-Kernel", "kernelsim", "trace", "collect", "--providers", "kernelsim-k")]
    [InlineData("EINVAL", "kernelsim", "explain", "einv")]
    [InlineData("lab one.jsonl", "kernelsim", "script", "lab")]
    [InlineData("lab one.jsonl", "kernelsim", "tour", "--html", "=", "lab")]
    [InlineData("results", "kernelsim", "bench", "--plots", "")]
    [InlineData("packed", "kernelsim", "trace", "collect", "--", "kernelsim", "tour", "--heap", "p")]
    [InlineData("", "kernelsim", "tour", "--cpus", "")]
    [InlineData("", "kernelsim", "frobnicate", "x", "$(touch ran)`touch ran`")]
    public void Bash_completes_a_command_line(string expected, params string[] words)
    {
        using TempFolder folder = new();
        string command = Path.Combine(folder.Path, "bin", "kernelsim");
        Directory.CreateDirectory(Path.Combine(folder.Path, "bin"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "work", "results"));
        File.WriteAllText(Path.Combine(folder.Path, "work", "lab one.jsonl"), "");
        File.WriteAllText(command, $"#!/bin/sh\nexec '{ToolProcess.Host}' '{ToolProcess.Assembly}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // What bash does when Tab is pressed behind the last word, except that readline is not there.
        const string Press = """
            source <(kernelsim completion bash)
            [[ $(complete -p kernelsim) == 'complete -F _kernelsim kernelsim' ]] || exit 3
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _kernelsim "$1"
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        ProcessStartInfo start = new("bash", ["-c", Press, "bash", .. words]) { WorkingDirectory = Path.Combine(folder.Path, "work") };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(command)}:{Environment.GetEnvironmentVariable("PATH")}";

        (int exitCode, string output, string error) = Run(start);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(expected, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.False(File.Exists(Path.Combine(folder.Path, "work", "ran")));
    }

    private static (int ExitCode, string Output, string Error) Run(ProcessStartInfo start)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash on Windows has other paths");
        try
        {
            using System.Diagnostics.Process process = ToolProcess.Start(start);
            process.StandardInput.Close();
            return process.EndWithin("the end of bash");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("no bash on the PATH");
            throw;
        }
    }
}
