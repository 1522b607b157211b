using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A map provider that writes down how it is called: <c>name key value flags</c>, numbers of 4 bytes.</summary>
internal sealed class RecordingMapProvider(bool rewrites = false, uint? actualValueSize = null)
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    public EbpfResult CreateAnswer { get; set; }

    public EbpfResult FindAnswer { get; set; }

    public EbpfResult UpdateAnswer { get; set; }

    public EbpfResult DeleteAnswer { get; set; }

    public EbpfResult AssociateAnswer { get; set; }

    /// <summary>False for maps whose keys or values have fewer than 4 bytes: they are not looked into then.</summary>
    public bool HasNumbers { get; init; } = true;

    /// <summary>What was called since the last time.</summary>
    public string[] Take()
    {
        lock (_lock)
        {
            string[] calls = [.. _calls];
            _calls.Clear();
            return calls;
        }
    }

    public MapProviderDispatch Dispatch(bool find = true, bool update = true, bool preDelete = false, bool postDelete = true) =>
        new(Create, (_, context) => Note($"deleted {context}"), (_, _, type) => Note($"associate {type}", AssociateAnswer))
        {
            PostprocessFindElement = find ? Find : null,
            PreprocessUpdateElement = update ? Update : null,
            PreprocessDeleteElement = preDelete ? PreDelete : null,
            PostprocessDeleteElement = postDelete ? PostDelete : null,
        };

    public MapProvider Provider(BpfMapType type = BpfMapType.Xskmap, MapProviderDispatch? dispatch = null) =>
        new(Guid.Empty, new MapProviderData(type, dispatch ?? Dispatch()) { UpdatesOriginalValue = rewrites });

    private uint Number(ReadOnlySpan<byte> bytes) => HasNumbers ? BitConverter.ToUInt32(bytes) : 0;

    private EbpfResult Create(KeThread current, EbpfMapDefinition definition, out uint actual, out object? context)
    {
        actual = actualValueSize ?? definition.ValueSize;
        context = "context";
        return Note($"create {definition.KeySize} {definition.ValueSize} {definition.MaxEntries}", CreateAnswer);
    }

    private EbpfResult Find(
        KeThread current, object? context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        if (rewrites && HasNumbers)
        {
            BitConverter.TryWriteBytes(outValue, Number(inValue) - 1000);
        }

        return Note($"find {Number(key)} {Number(inValue)} in {inValue.Length} out {outValue.Length} {flags}", FindAnswer);
    }

    private EbpfResult Update(
        KeThread current, object? context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        if (rewrites && HasNumbers)
        {
            BitConverter.TryWriteBytes(outValue, Number(inValue) + 1000);
        }

        return Note($"update {Number(key)} {Number(inValue)} in {inValue.Length} out {outValue.Length} {flags}", UpdateAnswer);
    }

    private EbpfResult PreDelete(
        KeThread current, object? context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags) =>
        Note($"predelete {Number(key)} {Number(value)} of {value.Length} {flags}", DeleteAnswer);

    private void PostDelete(
        KeThread current, object? context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags) =>
        Note($"postdelete {Number(key)} {Number(value)} of {value.Length} {flags}");

    private EbpfResult Note(string call, EbpfResult answer = EbpfResult.Success)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }

        return answer;
    }
}
