using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Images;

public sealed class ServiceTests : IDisposable
{
    private static readonly Guid s_module = Guid.NewGuid();
    private readonly Machine _machine = Machine.Boot();
    private readonly List<ServiceEntry> _loaded = [];

    public ServiceTests()
    {
        _machine.Images.Install(new DriverImage("lamp.sys", new byte[] { 1, 2, 3, 4, 5 }, service =>
        {
            _loaded.Add(service);
            return new Lamp($"lamp {service.Name}");
        }));
    }

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("svc")]
    [InlineData(@"\Registry\Machine\System\CurrentControlSet\Services\SVC")]
    public void A_service_starts_and_stops_a_driver_of_its_own(string path)
    {
        Assert.Equal(NtStatus.Success, _machine.Services.Create("svc", "LAMP.SYS", s_module));
        InKernel(current => Assert.Equal(NtStatus.Success, _machine.Services.Start(current, path)));
        Assert.Equal(("svc", s_module), (Assert.Single(_loaded).Name, _loaded[0].ModuleId));
        Assert.Contains(_machine.Io.Drivers, d => d.Name == "lamp svc");
        InKernel(current => Assert.Equal(NtStatus.Success, _machine.Services.Stop(current, path)));
        Assert.Empty(_machine.Io.Drivers);
        InKernel(current => Assert.Equal(NtStatus.ObjectNameNotFound, _machine.Services.Stop(current, path)));
    }

    [Fact]
    public void An_image_that_is_installed_on_demand_is_created_once_when_it_is_first_looked_for()
    {
        int created = 0;
        _machine.Images.InstallOnDemand("torch.sys", () =>
        {
            created++;
            return new DriverImage("torch.sys", new byte[] { 1 }, service => new Lamp($"torch {service.Name}"));
        });
        Assert.True(_machine.Images.TryFind("lamp.sys", out _));
        Assert.Equal(0, created);

        Assert.Equal(NtStatus.Success, _machine.Services.Create("svc", "TORCH.SYS", s_module));
        InKernel(current => Assert.Equal(NtStatus.Success, _machine.Services.Start(current, "svc")));

        Assert.Contains(_machine.Io.Drivers, d => d.Name == "torch svc");
        Assert.Equal(["lamp.sys", "torch.sys"], _machine.Images.All.Select(i => i.Path));
        Assert.Equal(1, created);
    }

    [Fact]
    public void A_deleted_service_leaves_its_driver_running_and_can_still_stop_it()
    {
        Assert.Equal(NtStatus.Success, _machine.Services.Create("svc", "lamp.sys", s_module));
        InKernel(current => Assert.Equal(NtStatus.Success, _machine.Services.Start(current, "svc")));
        Assert.Equal(NtStatus.Success, _machine.Services.Delete("svc"));
        Assert.Single(_machine.Io.Drivers);
        InKernel(current => Assert.Equal(NtStatus.ObjectNameNotFound, _machine.Services.Start(current, "svc")));
        InKernel(current => Assert.Equal(NtStatus.Success, _machine.Services.Stop(current, "svc")));
        Assert.Empty(_machine.Io.Drivers);
    }

    [Fact]
    public void Names_that_exist_or_do_not_are_told_apart()
    {
        Assert.Equal(NtStatus.ObjectNameNotFound, _machine.Services.Create("svc", "nothing.sys", s_module));
        Assert.Equal(NtStatus.ObjectNameInvalid, _machine.Services.Create("", "lamp.sys", s_module));
        Assert.Equal(NtStatus.Success, _machine.Services.Create("svc", "lamp.sys", s_module));
        Assert.Equal(NtStatus.ObjectNameCollision, _machine.Services.Create("Svc", "lamp.sys", s_module));
        Assert.Equal(NtStatus.ObjectNameNotFound, _machine.Services.Delete("other"));
        InKernel(current => Assert.Equal(NtStatus.ObjectNameNotFound, _machine.Services.Start(current, "other")));
    }

    [Fact]
    public void A_process_reads_an_image_as_far_as_its_buffer_goes_and_learns_its_length()
    {
        PsProcess process = _machine.Processes.Create();
        Assert.True(process.Gate.BeginCall(out ulong request));
        UserRange path = Text(process, "lamp.sys");
        Assert.Equal(NtStatus.Success, process.Gate.ReadImage(request, path, UserRange.Null, out uint length));
        Assert.Equal(5u, length);
        UserRange buffer = new(process.Memory.Allocate(3), 3);
        Assert.Equal(NtStatus.Success, process.Gate.ReadImage(request, path, buffer, out _));
        Assert.Equal([1, 2, 3], process.Memory.Access(buffer.Address, 3, MemoryAccess.Read, "test").ToArray());
        Assert.Equal(NtStatus.AccessViolation, process.Gate.ReadImage(request, path, new UserRange(buffer.Address, 5), out _));
        Assert.Equal(NtStatus.ObjectNameNotFound, process.Gate.ReadImage(request, Text(process, "x"), UserRange.Null, out _));
        process.Gate.EndCall(request);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_administrators_create_and_delete_services(bool administrator)
    {
        PsProcess process = _machine.Processes.Create(new ProcessOptions { Administrator = administrator });
        Assert.True(process.Gate.BeginCall(out ulong request));
        UserRange name = Text(process, "svc");
        NtStatus expected = administrator ? NtStatus.Success : NtStatus.AccessDenied;
        Assert.Equal(expected, process.Gate.CreateService(request, name, Text(process, "lamp.sys"), s_module));
        Assert.Equal(administrator ? 1 : 0, _machine.Services.All.Count);
        Assert.Equal(expected, process.Gate.DeleteService(request, name));
        Assert.Empty(_machine.Services.All);
        process.Gate.EndCall(request);
    }

    private static UserRange Text(PsProcess process, string text)
    {
        byte[] bytes = System.Text.Encoding.Unicode.GetBytes(text);
        ulong address = process.Memory.Allocate((uint)bytes.Length);
        bytes.CopyTo(process.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, "test"));
        return new UserRange(address, (uint)bytes.Length);
    }

    private void InKernel(Action<KeThread> code)
    {
        using KernelScope kernel = _machine.EnterKernel();
        code(kernel.Thread);
    }

    private sealed class Lamp(string name) : IDriver
    {
        public string Name => name;

        public NtStatus DriverEntry(KeThread current, DriverObject driver)
        {
            driver.Unload = _ => { };
            return NtStatus.Success;
        }
    }
}
