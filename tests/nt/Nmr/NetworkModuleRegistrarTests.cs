using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests.Nmr;

public sealed class NetworkModuleRegistrarTests : IDisposable
{
    private static readonly Guid s_npi = new("5d564054-2736-406d-8b22-12bcffaf0a9f");
    private readonly Machine _machine = Machine.Boot();
    private readonly List<string> _said = [];
    private readonly RecordingClient _client;
    private readonly RecordingProvider _provider;

    public NetworkModuleRegistrarTests()
    {
        _client = new RecordingClient(_said, s_npi, Guid.NewGuid());
        _provider = new RecordingProvider(_said, s_npi, Guid.NewGuid());
    }

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_comes_later_client_and_provider_meet(bool clientFirst)
    {
        Register(clientFirst ? _client : _provider);
        Assert.Empty(_said);
        Register(clientFirst ? _provider : _client);
        Assert.Equal(["client meets provider", "provider gets client's functions"], _said);
        Assert.Equal("provider's functions", _client.Binding!.ProviderDispatch);
        Assert.Same(_client, _client.Binding.ClientContext);
    }

    [Fact]
    public void Modules_of_different_interfaces_do_not_meet()
    {
        Register(_client);
        Register(new RecordingProvider(_said, Guid.NewGuid(), Guid.NewGuid()));
        Assert.Empty(_said);
    }

    [Fact]
    public void A_client_that_does_not_attach_leaves_nothing_to_detach()
    {
        RecordingClient picky = new(_said, s_npi, Guid.NewGuid(), wants: false);
        Register(picky);
        Register(_provider);
        Assert.Equal(NtStatus.Success, Deregister(picky));
        Assert.Equal(["client meets provider"], _said);
    }

    [Fact]
    public void A_provider_that_refuses_leaves_nothing_to_detach()
    {
        RecordingProvider refusing = new(_said, s_npi, Guid.NewGuid(), NtStatus.InvalidParameter);
        Register(_client);
        Register(refusing);
        Assert.Equal(NtStatus.Success, Deregister(refusing));
        Assert.Equal(["client meets provider", "provider gets client's functions"], _said);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whichever_side_goes_the_provider_stops_calling_before_the_client_is_asked(bool clientGoes)
    {
        Register(_client);
        Register(_provider);
        _said.Clear();
        Assert.Equal(NtStatus.Success, Deregister(clientGoes ? _client : _provider));
        Assert.Equal(["provider detaches", "client detaches", "client cleans up", "provider cleans up"], _said);
    }

    [Fact]
    public void A_pending_side_keeps_the_binding_until_it_completes()
    {
        Register(_client);
        Register(_provider);
        _client.DetachAnswer = NtStatus.Pending;
        Assert.Equal(NtStatus.Pending, Deregister(_provider));
        Assert.DoesNotContain("provider cleans up", _said);
        Assert.Contains(_provider, _machine.Nmr.Modules);
        _said.Clear();
        _client.Binding!.CompleteClientDetach();
        Assert.Equal(["client cleans up", "provider cleans up"], _said);
        Assert.DoesNotContain(_provider, _machine.Nmr.Modules);
        Assert.Contains(_client, _machine.Nmr.Modules);
    }

    [Fact]
    public void Waiting_for_a_deregistration_ends_when_the_last_side_has_completed()
    {
        Register(_client);
        Register(_provider);
        _provider.DetachAnswer = NtStatus.Pending;
        Assert.Equal(NtStatus.Pending, Deregister(_provider));
        HostThread waiter = HostThread.Run(() => InKernel(current => _machine.Nmr.WaitForDeregister(current, _provider)));
        _client.Binding!.CompleteProviderDetach();
        waiter.Join();
        Assert.DoesNotContain(_provider, _machine.Nmr.Modules);
    }

    [Fact]
    public void A_module_that_is_deregistered_while_it_attaches_is_detached_again()
    {
        Register(_client);
        _provider.WhileAttaching = () => Assert.Equal(NtStatus.Pending, Deregister(_client));
        Register(_provider);
        Assert.Equal(
            [
                "client meets provider", "provider gets client's functions", "provider detaches",
                "client detaches", "client cleans up", "provider cleans up",
            ],
            _said);
        Assert.Equal([_provider], _machine.Nmr.Modules);
    }

    [Fact]
    public void A_module_that_is_going_meets_nobody_new()
    {
        Register(_client);
        Register(_provider);
        _client.DetachAnswer = NtStatus.Pending;
        Assert.Equal(NtStatus.Pending, Deregister(_client));
        _said.Clear();
        Register(new RecordingProvider(_said, s_npi, Guid.NewGuid()));
        Assert.Empty(_said);
        _client.Binding!.CompleteClientDetach();
    }

    [Fact]
    public void Registering_or_deregistering_twice_is_refused()
    {
        Register(_client);
        InKernel(current => Assert.Equal(NtStatus.InvalidParameter, _machine.Nmr.Register(current, _client)));
        Assert.Equal(NtStatus.Success, Deregister(_client));
        Assert.Equal(NtStatus.InvalidParameter, Deregister(_client));
    }

    [Fact]
    public void A_module_can_be_registered_again_after_its_end()
    {
        Register(_client);
        Assert.Equal(NtStatus.Success, Deregister(_client));
        Register(_client);
        Register(_provider);
        Assert.Equal(["client meets provider", "provider gets client's functions"], _said);
    }

    [Fact]
    public void A_side_that_completes_twice_stops_the_machine()
    {
        Register(_client);
        Register(_provider);
        Deregister(_client);
        Assert.Throws<BugcheckException>(() => _client.Binding!.CompleteClientDetach());
        Assert.Equal(BugcheckCode.KernelSecurityCheckFailure, _machine.StopRecord!.Code);
    }

    [Fact]
    public void A_module_left_registered_is_reported_at_shutdown()
    {
        Register(_client);
        string leak = Assert.Single(_machine.Shutdown().Leaks);
        Assert.Contains("NMR client", leak, StringComparison.Ordinal);
        Assert.Contains(_client.ModuleId.ToString(), leak, StringComparison.Ordinal);
    }

    [Fact]
    public void Registering_at_a_raised_level_stops_the_machine()
    {
        Assert.Throws<BugcheckException>(() => _machine.RunOnProcessor(0, Irql.Dispatch, current => _machine.Nmr.Register(current, _client)));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, _machine.StopRecord!.Code);
    }

    private void Register(NmrModule module) => InKernel(current => Assert.Equal(NtStatus.Success, _machine.Nmr.Register(current, module)));

    private NtStatus Deregister(NmrModule module)
    {
        NtStatus status = default;
        InKernel(current => status = _machine.Nmr.Deregister(current, module));
        return status;
    }

    private void InKernel(Action<KeThread> code)
    {
        using KernelScope kernel = _machine.EnterKernel();
        code(kernel.Thread);
    }
}
