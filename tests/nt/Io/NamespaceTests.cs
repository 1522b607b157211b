using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Io;

public sealed class NamespaceTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly TestDriver _driver = new();
    private readonly DriverObject _driverObject;

    public NamespaceTests()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(_driver, out DriverObject? driverObject));
        _driverObject = driverObject!;
    }

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(@"\Device\Test")]
    [InlineData(@"\device\TEST")]
    [InlineData(@"\\.\Test")]
    [InlineData(@"\\.\test")]
    [InlineData(@"\\?\Test")]
    [InlineData(@"\??\Test")]
    [InlineData(@"\DosDevices\Test")]
    [InlineData(@"\GLOBAL??\Test")]
    public void A_device_is_opened_by_its_name_or_by_a_link_in_any_case(string name) =>
        Assert.Equal(NtStatus.Success, Open(name));

    [Theory]
    [InlineData(@"\Device\Nobody", "STATUS_OBJECT_NAME_NOT_FOUND")]
    [InlineData(@"\\.\Nobody", "STATUS_OBJECT_NAME_NOT_FOUND")]
    [InlineData(@"\\.\Test\more", "STATUS_OBJECT_NAME_NOT_FOUND")]
    [InlineData("Test", "STATUS_OBJECT_NAME_INVALID")]
    [InlineData(@"\", "STATUS_OBJECT_NAME_INVALID")]
    [InlineData("", "STATUS_OBJECT_NAME_INVALID")]
    public void What_is_not_there_or_no_name_is_refused(string name, string status) => Assert.Equal(status, Open(name).ToString());

    [Theory]
    [InlineData(1u, "STATUS_OBJECT_NAME_INVALID")]
    [InlineData(65536u, "STATUS_OBJECT_NAME_INVALID")]
    [InlineData(2u, "STATUS_ACCESS_VIOLATION")]
    public void A_name_is_whole_characters_in_readable_memory(uint length, string status)
    {
        PsProcess process = _machine.Processes.Create();
        Assert.Equal(status, process.Gate.NtCreateFile(0, new UserRange(0x1000, length), CreateFileOptions.None, out _).ToString());
    }

    [Fact]
    public void Links_lead_to_links()
    {
        Assert.Equal(NtStatus.Success, _machine.Io.CreateSymbolicLink(@"\DosDevices\Alias", @"\??\Test"));
        Assert.Equal(NtStatus.Success, Open(@"\\.\alias"));
        Assert.Equal(@"\GLOBAL??\Test", _machine.Objects.SymbolicLinks[@"\GLOBAL??\Alias"]);
    }

    [Fact]
    public void Links_that_lead_in_a_circle_lead_nowhere()
    {
        _machine.Io.CreateSymbolicLink(@"\??\A", @"\??\B");
        _machine.Io.CreateSymbolicLink(@"\??\B", @"\??\A");
        Assert.Equal(NtStatus.ObjectNameNotFound, Open(@"\\.\A"));
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        Assert.Equal(NtStatus.ObjectNameCollision, _machine.Io.CreateSymbolicLink(@"\??\TEST", @"\Device\Test"));
        Assert.Equal(NtStatus.ObjectNameCollision, _machine.Io.CreateSymbolicLink(@"\Device\Test", @"\Device\Other"));
        Assert.Equal(NtStatus.ObjectNameCollision, _machine.Io.CreateDevice(_driverObject, @"\DEVICE\test", out DeviceObject? none));
        Assert.Null(none);
        Assert.Equal(NtStatus.ObjectNameInvalid, _machine.Io.CreateDevice(_driverObject, "Test", out _));
        Assert.Equal(NtStatus.ObjectNameInvalid, _machine.Io.CreateSymbolicLink("Test", @"\Device\Test"));
    }

    [Fact]
    public void A_link_that_is_deleted_is_gone()
    {
        Assert.Equal(NtStatus.Success, _machine.Io.DeleteSymbolicLink(@"\DosDevices\Test"));
        Assert.Equal(NtStatus.ObjectNameNotFound, _machine.Io.DeleteSymbolicLink(@"\DosDevices\Test"));
        Assert.Equal(NtStatus.ObjectNameNotFound, Open(@"\\.\Test"));
        Assert.Equal(NtStatus.Success, Open(@"\Device\Test"));
    }

    [Fact]
    public void A_device_that_is_deleted_serves_the_files_that_are_open()
    {
        EchoUser user = new(_machine.Processes.Create());
        user.Open(out NtHandle file, name: TestDriver.DeviceName);
        _machine.Io.DeleteDevice(_driver.Device!);
        Assert.Equal(NtStatus.ObjectNameNotFound, user.Open(out _, name: TestDriver.DeviceName));
        Assert.Equal(NtStatus.InvalidDeviceRequest, user.Send(file, TestDriver.Code, [1], 0).Status);
        Assert.Equal(NtStatus.InvalidDeviceState, _machine.UnloadDriver(_driverObject));
        user.Gate.NtClose(0, file);
        Assert.Equal(NtStatus.Success, _machine.UnloadDriver(_driverObject));
    }

    [Fact]
    public void A_device_of_one_machine_has_no_files_on_another()
    {
        using Machine other = Machine.Boot();
        Assert.Throws<ArgumentException>(() => other.Io.CreateFileObject(_driver.Device!, null));
    }

    private NtStatus Open(string name)
    {
        EchoUser user = new(_machine.Processes.Create());
        return name.Length == 0
            ? user.Gate.NtCreateFile(0, UserRange.Null, CreateFileOptions.None, out _)
            : user.Open(out _, name: name);
    }
}
