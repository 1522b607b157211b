using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.InProcess;

/// <summary>
/// The process that the debugger itself is in: fields by reflection, native memory through the operating system, which refuses a bad address
/// instead of faulting. Nothing is stopped, so lists may change while they are read.
/// </summary>
internal sealed class InProcessTarget : IDebugTarget
{
    // Objects have no lasting addresses here: each gets a number where no memory is.
    private const ulong FirstNumber = 0xFFFF_F000_0000_0000;
    private const ulong NumberStep = 16;

    private readonly ConditionalWeakTable<object, StrongBox<ulong>> _numbers = [];
    private readonly Dictionary<ulong, WeakReference> _objects = [];
    private readonly HostMemoryReader _memory = HostMemoryReader.Open();
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Name => "this process";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [];

    /// <inheritdoc/>
    public bool IsLoaded(string assembly) => Find(assembly).Any();

    /// <inheritdoc/>
    public IReadOnlyList<ITargetObject> FindStatics(string assembly, string type) =>
    [
        .. Find(assembly).Select(a => a.GetType(type)).OfType<Type>().Select(t =>
        {
            RuntimeHelpers.RunClassConstructor(t.TypeHandle);
            return new InProcessObject(this, null, t);
        }),
    ];

    /// <inheritdoc/>
    public ITargetObject? FromHandle(ulong handle) => handle == 0 ? null : Wrap(GCHandle.FromIntPtr((nint)handle).Target);

    /// <inheritdoc/>
    public ITargetObject? ObjectAt(ulong address)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(address, out WeakReference? found) ? Wrap(found.Target) : null;
        }
    }

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> bytes) => _memory.TryRead(address, bytes);

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    /// <summary>An object of this process; null for null.</summary>
    internal ITargetObject? Wrap(object? value) => value is null ? null : new InProcessObject(this, value, value.GetType());

    /// <summary>The number that stands for an object's address.</summary>
    internal ulong NumberOf(object value)
    {
        lock (_lock)
        {
            if (!_numbers.TryGetValue(value, out StrongBox<ulong>? number))
            {
                number = new StrongBox<ulong>(FirstNumber + ((ulong)_objects.Count * NumberStep));
                _numbers.Add(value, number);
                _objects.Add(number.Value, new WeakReference(value));
            }

            return number.Value;
        }
    }

    private static IEnumerable<Assembly> Find(string assembly) => AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name == assembly);
}
