using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>A map type whose look-ups can be held, in their epoch and below DISPATCH_LEVEL.</summary>
internal sealed class HoldingMapDriver : IDriver, IDisposable
{
    /// <summary>The number of the map type.</summary>
    public const BpfMapType Type = (BpfMapType)40961;

    private static readonly Guid s_moduleId = new("7d0c9f1e-52a3-4a6f-9c35-1be0d1a6a502");
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly ManualResetEventSlim _arrived = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);

    /// <inheritdoc/>
    public string Name => "HoldingMap";

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        Machine machine = driver.Machine;
        MapProviderDispatch callbacks = new(Create, (_, _) => { }, (_, _, _) => EbpfResult.OperationNotSupported)
        {
            PostprocessFindElement = Find,
        };
        MapProvider provider = new(s_moduleId, new MapProviderData(Type, callbacks));
        driver.Unload = _ =>
        {
            KeThread unloading = KeThread.Current;
            if (machine.Nmr.Deregister(unloading, provider) == NtStatus.Pending)
            {
                machine.Nmr.WaitForDeregister(unloading, provider);
            }
        };
        return machine.Nmr.Register(current, provider);
    }

    /// <summary>Makes a look-up, on a thread of its own, and holds it until the result is disposed of.</summary>
    /// <exception cref="TimeoutException">It has not come to the map, or not to its end.</exception>
    public IDisposable Hold(Action lookUp)
    {
        _arrived.Reset();
        _open.Reset();
        Task task = Task.Factory.StartNew(lookUp, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Require(_arrived.Wait(s_limit));
        return new Held(() =>
        {
            _open.Set();
            Require(task.Wait(s_limit));
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open.Set();
        _arrived.Dispose();
        _open.Dispose();
    }

    private static EbpfResult Create(KeThread current, EbpfMapDefinition definition, out uint actualValueSize, out object? mapContext)
    {
        (actualValueSize, mapContext) = (definition.ValueSize, null);
        return EbpfResult.Success;
    }

    private EbpfResult Find(
        KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        _arrived.Set();
        Require(_open.Wait(s_limit));
        return EbpfResult.Success;
    }

    private static void Require(bool inTime)
    {
        if (!inTime)
        {
            throw new TimeoutException($"a held look-up took more than {s_limit.TotalSeconds:0} s");
        }
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
