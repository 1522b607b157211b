using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Analysis;

/// <summary>The machine has stopped.</summary>
internal sealed class BugcheckDiagnosis : IDiagnosis
{
    /// <inheritdoc/>
    public Verdict? Examine(Evidence evidence)
    {
        if (evidence.Machine.Bugcheck is not { } stop)
        {
            return null;
        }

        BugcheckCode code = stop.Code;
        FlightEntry? record = evidence.Newest(FlightKind.Bugcheck);
        string parameters = string.Join(", ", stop.Parameters.Select(p => $"0x{p:x}"));
        string why = stop.Detail ?? stop.CauseOf(evidence.Drivers) ?? BugcheckAdvice.Meaning(code);
        return new Verdict(
            Causes.Bugcheck,
            $"The machine stopped with {BugcheckCodeNames.FullNameOf(code)}, parameters {parameters}: {why}")
        {
            Bugcheck = BugcheckCodeNames.NameOf(code),
            Request = record is { Request: not 0 } ? record.Request : null,
            Fix = BugcheckAdvice.Fix(code),
            Next = ["!bugcheck", "!running", .. record is { Request: not 0 } ? [$"!request {record.Request}"] : Array.Empty<string>()],
        };
    }
}
