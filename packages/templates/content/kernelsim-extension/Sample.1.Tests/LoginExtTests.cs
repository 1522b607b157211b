using KernelSim.Testing;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

/// <summary>Each test has a machine of its own. What the extension leaves behind there fails the test, by name.</summary>
public sealed class LoginExtTests : KernelTest
{
    private readonly LoginExtDriver _extension = new();

    public LoginExtTests() => LoadDriver(_extension);

    [Fact]
    public void Everybody_may_log_in_while_no_program_is_attached() => Assert.True(_extension.MayLogIn(0, user: 7, attempts: 100));

    [Theory]
    [InlineData(7u, 2u, true)]
    [InlineData(7u, 3u, false)]
    [InlineData(0u, 9u, true)]
    [InlineData(0u, 10u, false)]
    public void The_attached_program_decides_by_user_and_attempts(uint user, uint attempts, bool mayLogIn)
    {
        using BpfModule module = LoadModule(typeof(LimitAttempts));
        using BpfLink link = module.Program("limit").Attach();
        Assert.Equal(mayLogIn, _extension.MayLogIn(0, user, attempts));
    }

    [Fact]
    public void The_hook_takes_one_program_at_a_time()
    {
        using BpfModule module = LoadModule(typeof(LimitAttempts));
        using BpfLink link = module.Program("limit").Attach();
        Assert.Throws<BpfException>(() => module.Program("limit").Attach());
    }
}
