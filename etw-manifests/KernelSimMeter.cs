using System.Diagnostics.Metrics;

namespace KernelSim.Tracing;

/// <summary>
/// The meter of the host process, <c>KernelSim</c>: what its machines and libraries have done since somebody listens, and what its machines hold
/// now, for <c>dotnet-counters</c> and any other listener of <c>System.Diagnostics.Metrics</c>.
/// </summary>
/// <remarks>
/// A meter is found by its name, as a provider is, so there is one for all machines. A method adds to the instrument of its name, in the
/// words that the events use. While nobody listens it costs one branch. With a listener it allocates nothing as long as the tags have names: a
/// status or a control code without one is written in hex. A listener must not throw: the exception goes through the kernel.
/// The instruments that are read on demand cost nothing until then. <c>docs/metrics.md</c> has the table of instruments.
/// </remarks>
public static class KernelSimMeter
{
    /// <summary>The name by which listeners find the meter.</summary>
    public const string MeterName = "KernelSim";

    private static readonly RunningMachines s_machines = new();

    private static readonly Meter s_meter = CreateMeter();

    private static readonly Counter<long> s_calls = s_meter.CreateCounter<long>(
        "kernelsim.calls", "{call}", "Calls of user libraries that have returned, by function and errno.");

    private static readonly Counter<long> s_ioctls = s_meter.CreateCounter<long>(
        "kernelsim.ioctls", "{request}", "Control requests that have completed, by operation and status.");

    private static readonly Counter<long> s_refusals = s_meter.CreateCounter<long>(
        "kernelsim.refusals", "{refusal}", "Refusals by libraries, I/O managers and drivers, by check.");

    private static readonly Counter<long> s_copied = s_meter.CreateCounter<long>(
        "kernelsim.copied", "By", "Bytes copied between a program, its messages and a map, by stage.");

    /// <summary>Whether somebody counts calls.</summary>
    public static bool CountsCalls => s_calls.Enabled;

    /// <summary>Whether somebody counts control requests, so that their operations must be known by name.</summary>
    public static bool CountsIoctls => s_ioctls.Enabled;

    /// <summary>Whether somebody counts bytes.</summary>
    public static bool CountsCopies => s_copied.Enabled;

    /// <summary>A call of a library returned, or its process ended meanwhile. Ask <see cref="CountsCalls"/> first.</summary>
    /// <param name="function">The function that the program called.</param>
    /// <param name="errno">The errno by name; <c>0</c> for none.</param>
    public static void CallReturned(string function, string errno) =>
        s_calls.Add(1, new KeyValuePair<string, object?>("function", function), new KeyValuePair<string, object?>("errno", errno));

    /// <summary>A control request completed, or was refused before it was sent. Ask <see cref="CountsIoctls"/> first.</summary>
    /// <param name="operation">The operation by name; the control code if the driver has no name for it.</param>
    /// <param name="status">The final status by name.</param>
    public static void IoctlCompleted(string operation, string status) =>
        s_ioctls.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("status", status));

    /// <summary>A check refused a call or a request.</summary>
    /// <param name="check">The check's id.</param>
    public static void Refused(string check)
    {
        if (s_refusals.Enabled)
        {
            s_refusals.Add(1, new KeyValuePair<string, object?>("check", check));
        }
    }

    /// <summary>Bytes were copied: the sum of what the <c>Copy</c> events of a message say, or would say.</summary>
    /// <param name="stage">One of <see cref="CopyStage"/>.</param>
    /// <param name="bytes">Bytes of keys and values, or of the whole message between user memory and system buffer.</param>
    public static void Copied(string stage, long bytes)
    {
        if (s_copied.Enabled)
        {
            s_copied.Add(bytes, new KeyValuePair<string, object?>("stage", stage));
        }
    }

    /// <summary>Adds a machine that has booted. The meter does not keep it alive.</summary>
    public static void MachineStarted(IMeteredMachine machine) => s_machines.Add(machine);

    /// <summary>Removes a machine that has shut down. The meter does not read it any more once this returns.</summary>
    public static void MachineStopped(IMeteredMachine machine) => s_machines.Remove(machine);

    /// <summary>Creates the meter with the instruments that are read on demand.</summary>
    private static Meter CreateMeter()
    {
        Meter meter = new(MeterName, typeof(KernelSimMeter).Assembly.GetName().Version?.ToString(3));
        meter.CreateObservableCounter(
            "kernelsim.events", EventsWritten, "{event}", "Events written to the trace providers, by provider.");
        meter.CreateObservableUpDownCounter(
            "kernelsim.pool.usage", s_machines.ReadPool, "By", "Pool in use, of all running machines, by pool tag.");
        meter.CreateObservableUpDownCounter(
            "kernelsim.machines", s_machines.Count, "{machine}", "Machines that have booted and not shut down.");
        return meter;
    }

    private static Measurement<long>[] EventsWritten() => [Written(KernelEventSource.Log), Written(UserApiEventSource.Log)];

    private static Measurement<long> Written(TraceProvider provider) =>
        new(provider.EventsWritten, new KeyValuePair<string, object?>("provider", provider.Name));
}
