using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KernelSim.Tool.Trace.Collection;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>A process that does jobs, seen from the judge: what it may take, and what it answers.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int SignalBase = 128;

    /// <summary>Between two looks at the memory of the process.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(25);

    /// <summary>For an answer that is on its way when the process has ended.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    private readonly HostLimits _limits;
    private readonly Process _process;
    private readonly AnonymousPipeServerStream _pipe;
    private readonly StreamReader _answers;
    private readonly string _token;

    private HostProcess(HostLimits limits, Process process, AnonymousPipeServerStream pipe)
    {
        _limits = limits;
        _process = process;
        _pipe = pipe;
        _answers = new StreamReader(pipe);
        _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _ = Drain(process.StandardOutput.BaseStream);
        _ = Drain(process.StandardError.BaseStream);
        Send(_token);
    }

    /// <summary>Starts a process.</summary>
    public static HostProcess Start(HostLimits limits)
    {
        AnonymousPipeServerStream pipe = new(PipeDirection.In, HandleInheritability.Inheritable);
        ProcessStartInfo start = ChildProcess.HowToStart(["kernelsim", "lab", HostCommand.Verb, pipe.GetClientHandleAsString()]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.Environment["DOTNET_GCHeapHardLimit"] = limits.ManagedBytes.ToString("x", CultureInfo.InvariantCulture);

        // A crash is told in a line, and a dump of it is of no use to a student.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        Process process = Process.Start(start)!;
        pipe.DisposeLocalCopyOfClientHandle();
        return new HostProcess(limits, process, pipe);
    }

    /// <summary>Has it do a job.</summary>
    /// <param name="job">The job, as a line.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="problem">Why nothing did: the process is of no use any more.</param>
    public bool Ask(string job, out HostAnswer? answer, out string problem)
    {
        Stopwatch since = Stopwatch.StartNew();
        Send(job);
        while (true)
        {
            Task<string?> reading = _answers.ReadLineAsync();
            if (!Wait(reading, since, out problem))
            {
                answer = null;
                return false;
            }

            if (reading.Result is not { } line)
            {
                answer = null;
                problem = HowItEnded();
                return false;
            }

            if (TryRead(line, out answer))
            {
                return true;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _answers.Dispose();
        _pipe.Dispose();
        _process.Dispose();
    }

    /// <summary>Reads what the process prints and drops it: it would wait for a reader otherwise. Nothing is judged by it.</summary>
    private static async Task Drain(Stream stream)
    {
        byte[] bytes = new byte[1 << 12];
        try
        {
            while (await stream.ReadAsync(bytes).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended.
        }
    }

    private bool TryRead(string line, out HostAnswer? answer)
    {
        try
        {
            answer = JsonSerializer.Deserialize<HostAnswer>(line, HostWire.Format);
        }
        catch (JsonException)
        {
            answer = null;
        }

        return answer?.Token == _token;
    }

    private bool Wait(Task<string?> reading, Stopwatch since, out string problem)
    {
        problem = "";
        while (!Done(reading, s_pace))
        {
            if (since.Elapsed > _limits.Time)
            {
                Kill();
                problem = string.Create(CultureInfo.InvariantCulture, $"it had not ended after {_limits.Time.TotalSeconds:0} s");
                return false;
            }

            if (_process.HasExited)
            {
                // What it has started may keep the pipe open.
                if (Done(reading, s_lastWords))
                {
                    break;
                }

                problem = HowItEnded();
                return false;
            }

            _process.Refresh();
            if (_process.WorkingSet64 > _limits.ProcessBytes)
            {
                Kill();
                problem = $"it took more than {_limits.ProcessBytes >> 20} MiB of memory";
                return false;
            }
        }

        return true;
    }

    private static bool Done(Task<string?> reading, TimeSpan time)
    {
        try
        {
            return reading.Wait(time);
        }
        catch (AggregateException e) when (e.InnerException is IOException)
        {
            return false;
        }
    }

    private string HowItEnded()
    {
        if (!_process.WaitForExit(s_lastWords))
        {
            Kill();
            return "it closed the judge's pipe";
        }

        return _process.ExitCode > SignalBase
            ? $"its process crashed (signal {_process.ExitCode - SignalBase})"
            : $"its process ended with exit code {_process.ExitCode} before it had answered";
    }

    private void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended, which the wait for its answer finds.
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
