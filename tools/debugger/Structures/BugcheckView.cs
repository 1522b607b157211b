using KernelSim.Debugger.Targets;
using KernelSim.Nt;

namespace KernelSim.Debugger.Structures;

/// <summary>Why and where a machine stopped.</summary>
/// <param name="record">The <see cref="BugcheckRecord"/>.</param>
internal sealed class BugcheckView(ITargetObject record)
{
    private static readonly KernelField s_code = KernelField.Property<BugcheckRecord>(nameof(BugcheckRecord.Code));
    private static readonly KernelField s_parameters = KernelField.Property<BugcheckRecord>(nameof(BugcheckRecord.Parameters));
    private static readonly KernelField s_processors = KernelField.Property<BugcheckRecord>(nameof(BugcheckRecord.Processors));
    private static readonly KernelField s_cause = KernelField.Property<BugcheckRecord>(nameof(BugcheckRecord.Cause));
    private static readonly KernelField s_detail = KernelField.Property<BugcheckRecord>(nameof(BugcheckRecord.Detail));
    private static readonly KernelField s_message = KernelField.Of<Exception>("_message");

    public BugcheckCode Code => (BugcheckCode)record.Integer(s_code);

    public IReadOnlyList<ulong> Parameters
    {
        get
        {
            ITargetArray parameters = record.Array(s_parameters);
            return [.. Enumerable.Range(0, Math.Min(parameters.Length, 4)).Select(i => unchecked((ulong)parameters.IntegerAt(i)))];
        }
    }

    /// <summary>What each processor was doing.</summary>
    public IReadOnlyList<string> Processors
    {
        get
        {
            ITargetArray lines = record.Array(s_processors);
            return [.. Enumerable.Range(0, lines.Length).Select(i => lines.StringAt(i) ?? "")];
        }
    }

    /// <summary>The exception that kernel code threw, with its message; null if none did.</summary>
    public string? Cause => record.Object(s_cause) is { } cause ? $"{cause.TypeName}: {cause.Text(s_message)}" : null;

    public string? Detail => record.Text(s_detail);
}
