using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A map as programs on given processors use it, each call a program of its own.</summary>
internal sealed class ProgramMap : IDisposable
{
    private readonly EbpfCoreDriver _driver;

    public ProgramMap(EbpfMachine machine, TestMap map)
    {
        _driver = machine.Driver;
        Assert.Equal(EbpfResult.Success, _driver.ReferenceMap(machine.User.Process, map.Handle, out EbpfMap? kernel));
        Kernel = kernel!;
    }

    public EbpfMap Kernel { get; }

    public byte[]? Lookup(int cpu, byte[] key, bool delete = false)
    {
        byte[]? found = null;
        _driver.RunProgram(cpu, context =>
        {
            Span<byte> value = delete ? context.MapLookupAndDeleteElem(Kernel, key) : context.MapLookupElem(Kernel, key);
            found = value.IsEmpty ? null : value.ToArray();
        });
        return found;
    }

    public int Update(int cpu, byte[] key, byte[] value, ulong flags = 0)
    {
        int result = 1;
        _driver.RunProgram(cpu, context => result = context.MapUpdateElem(Kernel, key, value, flags));
        return result;
    }

    public int Delete(int cpu, byte[] key)
    {
        int result = 1;
        _driver.RunProgram(cpu, context => result = context.MapDeleteElem(Kernel, key));
        return result;
    }

    public int Push(int cpu, byte[] value, ulong flags = 0)
    {
        int result = 1;
        _driver.RunProgram(cpu, context => result = context.MapPushElem(Kernel, value, flags));
        return result;
    }

    public int Pop(int cpu, byte[] value, bool delete = true)
    {
        int result = 1;
        _driver.RunProgram(cpu, context => result = delete ? context.MapPopElem(Kernel, value) : context.MapPeekElem(Kernel, value));
        return result;
    }

    public void Dispose() => Kernel.Dereference();
}
