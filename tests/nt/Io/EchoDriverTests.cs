using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Echo;

namespace KernelSim.Nt.Tests.Io;

public sealed class EchoDriverTests
{
    [Fact]
    public void A_request_comes_back_as_it_went_and_the_machine_shuts_down_clean()
    {
        using Machine machine = Machine.Boot();
        Assert.Equal(NtStatus.Success, machine.LoadDriver(new EchoDriver(), out DriverObject? driver));
        PsProcess process = machine.Processes.Create();
        EchoUser user = new(process);

        Assert.Equal(NtStatus.Success, user.Open(out NtHandle file));
        (NtStatus status, IoStatusBlock block, byte[] reply) = user.Send(file, EchoDevice.Echo, "hello"u8, 8);

        Assert.Equal(NtStatus.Success, status);
        Assert.Equal(0u, block.Status);
        Assert.Equal(5ul, block.Information);
        Assert.Equal("hello\0\0\0"u8.ToArray(), reply);
        Assert.Equal(NtStatus.Success, user.Gate.NtClose(0, file));
        Assert.Equal(NtStatus.Success, machine.UnloadDriver(driver!));
        Assert.Equal([], machine.Shutdown().Leaks);
    }
}
