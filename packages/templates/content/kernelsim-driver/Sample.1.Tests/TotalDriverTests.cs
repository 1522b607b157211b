using KernelSim.Protocol;
using KernelSim.Testing;

namespace SampleNamespace.Tests;

/// <summary>Each test has a machine of its own. What the driver leaves behind there fails the test, by name.</summary>
public sealed class TotalDriverTests : KernelTest
{
    [Fact]
    public void Add_returns_the_new_total()
    {
        using TotalClient client = LoadAndOpen();
        Assert.Equal(NtStatus.Success, client.Add(40, out _));
        Assert.Equal(NtStatus.Success, client.Add(2, out ulong total));
        Assert.Equal(42UL, total);
    }

    [Fact]
    public void A_waiting_request_ends_with_the_next_change()
    {
        using TotalClient client = LoadAndOpen();
        Assert.Equal(NtStatus.Pending, client.WaitForChange(out TotalRequest change));
        client.Add(7, out _);
        Assert.Equal(NtStatus.Success, change.Wait(out ulong total));
        Assert.Equal(7UL, total);
        change.Dispose();
    }

    [Fact]
    public void A_waiting_request_can_be_cancelled()
    {
        using TotalClient client = LoadAndOpen();
        Assert.Equal(NtStatus.Pending, client.WaitForChange(out TotalRequest change));
        Assert.Equal(NtStatus.Success, client.Cancel());
        Assert.Equal(NtStatus.Cancelled, change.Wait(out _));
        change.Dispose();
    }

    [Fact]
    public void A_number_of_another_size_is_refused()
    {
        LoadDriver(new TotalDriver());
        using TestDevice device = OpenDevice(TotalDevice.Win32Name);
        Assert.Equal(NtStatus.InvalidParameter, device.Send(TotalDevice.Add, [1, 2, 3, 4], replyBytes: TotalDevice.NumberBytes).Status);
    }

    private TotalClient LoadAndOpen()
    {
        LoadDriver(new TotalDriver());
        Assert.Equal(NtStatus.Success, TotalClient.Open(Gate, out TotalClient? client));
        return client!;
    }
}
