using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Tests.Refusals;

/// <summary>What a refusal says is what the request ends with, for every row that a request can meet.</summary>
[Collection(TraceCollection.Name)]
public sealed class RefusalTests
{
    public static TheoryData<string> Reachable => [.. RefusalWays.All.Keys.OrderBy(c => c.Number).Select(c => c.Id)];

    public static TheoryData<string> Unreachable => [.. RefusalWays.Unreachable.Keys.OrderBy(c => c.Number).Select(c => c.Id)];

    [Fact]
    public void Every_row_of_the_kernel_has_a_way_to_it_or_a_reason_why_there_is_none()
    {
        IEnumerable<Check> rows = CheckTable.All.Where(c => !c.IsOfTheLibrary);
        Assert.Equal(rows.Select(c => c.Id), RefusalWays.All.Keys.Concat(RefusalWays.Unreachable.Keys).OrderBy(c => c.Number).Select(c => c.Id));
        Assert.DoesNotContain(RefusalWays.Unreachable.Values, string.IsNullOrWhiteSpace);
    }

    [Theory]
    [MemberData(nameof(Reachable))]
    public void What_a_refusal_says_is_what_the_request_ends_with(string id)
    {
        Check check = CheckTable.Find(id)!;
        using MachineEvents listener = new();
        using RefusalBench bench = new(listener.RequestIdBase);
        NtStatus answered = RefusalWays.All[check](bench);

        // By request: a way begins with requests that succeed, and undoing it goes on with others.
        IGrouping<long, RecordedEvent> request = listener.Events
            .GroupBy(e => e.Number("requestId"))
            .Last(events => events.Any(e => e.Name == "InvalidArgument" && e.Text("check") == id));
        RecordedEvent refused = request.First(e => e.Name == "InvalidArgument");
        RecordedEvent last = request.Last(e => e.Name == "InvalidArgument");
        RecordedEvent? stop = request.LastOrDefault(e => e.Name == "IoctlStop");
        Assert.Equal(id, refused.Text("check"));
        Assert.Equal(answered.Name, stop?.Text("status"));
        Assert.Equal(answered.Name, last.Text("status"));
        Assert.Equal(ResultConversions.NameOf(ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(answered))), last.Text("errno"));
        if (check.RefusesAttachment)
        {
            // The driver is told why; the process that no module is there, or that it is the one that was there before.
            Assert.Equal((check.Status.Name, "none"), (refused.Text("status"), refused.Text("errno")));
            Check consequence = check == CheckTable.NativeAttachUnique ? CheckTable.NativeLoadOnce : CheckTable.NativeModulePresent;
            Assert.Equal((consequence.Id, consequence.Status), (last.Text("check"), answered));
            return;
        }

        Assert.Same(refused, last);
        Assert.Equal(check.Status, answered);
        Assert.Equal(ResultConversions.NameOf(check.Result), refused.Text("result"));
        if (check != CheckTable.DriverOutputLength)
        {
            Assert.Equal(ResultConversions.ToNtStatus(check.Result), answered);
        }
    }

    [Theory]
    [MemberData(nameof(Unreachable))]
    public void A_row_without_a_way_says_by_its_status_what_its_result_would_become(string id)
    {
        Check check = CheckTable.Find(id)!;
        Assert.Equal(ResultConversions.ToNtStatus(check.Result), check.Status);
        Assert.Equal(ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(check.Result)), check.Errno);
    }
}
