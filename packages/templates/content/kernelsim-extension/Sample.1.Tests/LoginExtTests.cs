using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

public sealed class LoginExtTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly LoginExtDriver _extension = new();
    private readonly BpfSession _session;
    private readonly BpfModule _module;

    public LoginExtTests()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new EbpfCoreDriver(), out _));
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(_extension, out _));
        _machine.Images.Install(LimitAttempts.Image);
        _session = new BpfSession(_machine.Processes.Create().Gate);
        _module = _session.LoadModule(LimitAttempts.FileName);
    }

    public void Dispose()
    {
        _module.Dispose();
        _session.Dispose();
        Assert.Empty(_machine.Shutdown().Leaks);
    }

    [Fact]
    public void Everybody_may_log_in_while_no_program_is_attached() => Assert.True(_extension.MayLogIn(0, user: 7, attempts: 100));

    [Theory]
    [InlineData(7u, 2u, true)]
    [InlineData(7u, 3u, false)]
    [InlineData(0u, 9u, true)]
    [InlineData(0u, 10u, false)]
    public void The_attached_program_decides_by_user_and_attempts(uint user, uint attempts, bool mayLogIn)
    {
        using BpfLink link = _module.Program("limit").Attach();
        Assert.Equal(mayLogIn, _extension.MayLogIn(0, user, attempts));
    }

    [Fact]
    public void The_hook_takes_one_program_at_a_time()
    {
        using BpfLink link = _module.Program("limit").Attach();
        Assert.Throws<BpfException>(() => _module.Program("limit").Attach());
    }
}
