using KernelSim.Nt;
using KernelSim.Protocol;

namespace SampleNamespace.Tests;

public sealed class TotalDriverTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly TotalClient _client;

    public TotalDriverTests()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new TotalDriver(), out _));
        Assert.Equal(NtStatus.Success, TotalClient.Open(_machine.Processes.Create().Gate, out TotalClient? client));
        _client = client!;
    }

    public void Dispose()
    {
        // Ends the process and unloads the driver. What is left after that is a leak, and is named.
        Assert.Empty(_machine.Shutdown().Leaks);
    }

    [Fact]
    public void Add_returns_the_new_total()
    {
        Assert.Equal(NtStatus.Success, _client.Add(40, out _));
        Assert.Equal(NtStatus.Success, _client.Add(2, out ulong total));
        Assert.Equal(42UL, total);
    }

    [Fact]
    public void A_waiting_request_ends_with_the_next_change()
    {
        Assert.Equal(NtStatus.Pending, _client.WaitForChange(out TotalRequest change));
        _client.Add(7, out _);
        Assert.Equal(NtStatus.Success, change.Wait(out ulong total));
        Assert.Equal(7UL, total);
    }

    [Fact]
    public void A_waiting_request_can_be_cancelled()
    {
        Assert.Equal(NtStatus.Pending, _client.WaitForChange(out TotalRequest change));
        Assert.Equal(NtStatus.Success, _client.Cancel());
        Assert.Equal(NtStatus.Cancelled, change.Wait(out _));
    }

    [Fact]
    public void Closing_the_handle_ends_a_waiting_request()
    {
        Assert.Equal(NtStatus.Pending, _client.WaitForChange(out TotalRequest change));
        _client.Dispose();
        Assert.Equal(NtStatus.Cancelled, change.Wait(out _));
    }
}
