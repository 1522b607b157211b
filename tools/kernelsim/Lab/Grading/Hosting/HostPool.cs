using System.Text.Json;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>
/// Runs jobs in processes with limits. Jobs without code of the student's share a process; any other has one of its own, or one in which only such
/// jobs have been done before. A process that broke a limit, or crashed, is replaced by the next job.
/// </summary>
/// <param name="limits">What a job may take.</param>
internal sealed class HostPool(HostLimits limits) : IDisposable
{
    private HostProcess? _shared;
    private (string Job, HostProcess Process)? _kept;

    /// <summary>Does a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="input">What it is given.</param>
    /// <param name="facts">What it found; null if it failed.</param>
    /// <param name="problem">Why it failed: a limit, a crash, an exception.</param>
    public bool Run<TInput, TFacts>(HostJob<TInput, TFacts> job, TInput input, out TFacts? facts, out string problem)
        where TFacts : class
    {
        facts = null;
        string line = JsonSerializer.Serialize(
            new HostRequest(job.Name, JsonSerializer.SerializeToElement(input, HostWire.Format)), HostWire.Format);
        HostProcess process = job.RunsForeignCode ? TakeKept(job.Name) ?? HostProcess.Start(limits) : _shared ??= HostProcess.Start(limits);
        bool goesOn = false;
        try
        {
            bool isAnswered = process.Ask(line, out HostAnswer? answer, out problem);
            facts = answer?.Facts?.Deserialize<TFacts>(HostWire.Format);
            problem = answer?.Problem ?? problem;
            goesOn = isAnswered && (facts is null ? !job.RunsForeignCode : job.MayGoOn(facts));
            return facts is not null;
        }
        finally
        {
            if (!goesOn)
            {
                process.Dispose();
                _shared = process == _shared ? null : _shared;
            }
            else if (job.RunsForeignCode)
            {
                _kept = (job.Name, process);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shared?.Dispose();
        _kept?.Process.Dispose();
    }

    private HostProcess? TakeKept(string job)
    {
        if (_kept is not { } kept || kept.Job != job)
        {
            return null;
        }

        _kept = null;
        return kept.Process;
    }
}
