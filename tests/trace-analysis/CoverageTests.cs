using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

/// <summary>What a recording shows that it recorded, by the levels and keywords of its events.</summary>
public sealed class CoverageTests
{
    private const string Kernel = KernelEventSource.ProviderName;
    private const string User = UserApiEventSource.ProviderName;
    private const long Api = (long)KernelEventSource.Keywords.Api;
    private const long Ioctl = (long)KernelEventSource.Keywords.Ioctl;
    private const long Check = (long)KernelEventSource.Keywords.Check;
    private const long Copy = (long)KernelEventSource.Keywords.Copy;
    private const long Machine = (long)KernelEventSource.Keywords.Machine;
    private const long Process = (long)KernelEventSource.Keywords.Process;
    private const long Driver = (long)KernelEventSource.Keywords.Driver;

    [Fact]
    public void A_recording_of_starts_and_stops_denies_no_refusal()
    {
        Coverage perf = Of(
            (Kernel, "Informational", Machine), (Kernel, "Informational", Process), (Kernel, "Informational", Ioctl), (User, "Informational", Api));

        Assert.True(perf.HasCrossings);
        Assert.False(perf.HasRefusals);
        Assert.False(perf.HasCopies);
    }

    [Fact]
    public void A_recording_of_everything_down_to_a_level_denies_what_that_level_would_show()
    {
        (string, string, long)[] boot =
        [
            (Kernel, "Informational", Machine), (Kernel, "Informational", Process), (Kernel, "Informational", Driver),
            (Kernel, "Informational", Ioctl),
            (User, "Informational", Api),
        ];

        Assert.True(Of(boot).HasRefusals);
        Assert.False(Of(boot).HasCopies);
        Assert.True(Of([.. boot, (Kernel, "Verbose", Check)]).HasCopies);
    }

    [Fact]
    public void A_recording_of_the_library_alone_knows_nothing_of_the_kernel()
    {
        Coverage library = Of((User, "Informational", Api), (User, "Warning", Check), (User, "Verbose", Copy));

        Assert.True(library.HasCalls);
        Assert.False(library.HasCrossings);
        Assert.False(library.HasKernelRefusals);
        Assert.False(library.HasRefusals);
        Assert.False(library.HasCopies);
    }

    [Fact]
    public void A_session_that_is_known_needs_no_event_to_prove_it()
    {
        Coverage checks = Coverage.OfSession(KernelEventSource.Keywords.Api | KernelEventSource.Keywords.Check);

        Assert.True(checks.HasCalls);
        Assert.True(checks.HasRefusals);
        Assert.False(checks.HasCrossings);
        Assert.False(checks.HasCopies);
    }

    [Fact]
    public void An_event_of_two_keywords_proves_neither()
    {
        Coverage coverage = Of((Kernel, "Critical", Machine | Check), (User, "Warning", Check));

        Assert.False(coverage.HasRefusals);
    }

    private static Coverage Of(params (string Provider, string Level, long Keywords)[] events) => Coverage.Of(events.Select((e, i) =>
        (TracedEvent)new OtherEvent(new EventHeader(i, i, e.Provider, "Any", e.Level, new EventPayload([], [])) { Keywords = e.Keywords })));
}
