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
    private static readonly KernelField s_thrower = KernelField.Property<BugcheckRecord>(nameof(BugcheckRecord.Thrower));
    private static readonly KernelField s_assembly = KernelField.Of<ThrowingCode>(nameof(ThrowingCode.Assembly));
    private static readonly KernelField s_type = KernelField.Of<ThrowingCode>(nameof(ThrowingCode.Type));
    private static readonly KernelField s_method = KernelField.Of<ThrowingCode>(nameof(ThrowingCode.Method));
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
    public IReadOnlyList<StoppedProcessor> Processors
    {
        get
        {
            ITargetArray lines = record.Array(s_processors);
            return [.. Enumerable.Range(0, lines.Length).SelectMany(i => StoppedProcessor.Parse(i, lines.StringAt(i) ?? ""))];
        }
    }

    /// <summary>The exception that kernel code threw, where, and the first line of its message; null if none did.</summary>
    /// <param name="drivers">The machine's drivers, of which one may have thrown it.</param>
    public string? CauseOf(IEnumerable<DriverView> drivers)
    {
        if (record.Object(s_cause) is not { } cause)
        {
            return null;
        }

        string type = cause.TypeName[(cause.TypeName.LastIndexOfAny(['.', '+']) + 1)..];
        string message = (cause.Text(s_message) ?? "").ReplaceLineEndings("\n").Split('\n', 2)[0];
        return $"{type}{PlaceOf(drivers)}{(message.Length > 0 ? $": {message}" : "")}";
    }

    private string PlaceOf(IEnumerable<DriverView> drivers)
    {
        if (record.Object(s_thrower) is not { } thrower)
        {
            return "";
        }

        string assembly = thrower.Text(s_assembly) ?? "";
        string whose = drivers.FirstOrDefault(d => d.Assembly == assembly) is { } driver ? $" of driver {driver.Name}" : "";
        return $" in {FieldText.MethodName(thrower.Text(s_type) ?? "", thrower.Text(s_method) ?? "")}{whose}";
    }

    public string? Detail => record.Text(s_detail);
}
