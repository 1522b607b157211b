using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#3564, the half of the caller: values of one CPU each, which the update's loop walks past.</summary>
internal sealed class ShortUpdateBuffer : IExhibit
{
    private const uint ValueSize = 12;
    private const int Elements = 8;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-3564-buffer",
        Title = "a batch update that read past the caller's values",
        Side = ExhibitSide.Application,
        Year = 2024,
        Link = ExhibitLabel.Issue(3564),
        Fixes = [ExhibitLabel.Pull(3590)],
        Saw = "a test of batches crashes (SIGSEGV) as soon as its map is a per-CPU hash",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A test writes elements to a per-CPU hash map in one batch, and then looks what a program finds there.",
        Application = "a value has the bytes that the map was created with",
        Library = "the caller has a slot for each CPU in every value",
        Kernel = "the library has been given all that it sends",
        Wrong = "The test was written for ordinary maps and takes a vector of value_size for each element. The pointer says nothing about its "
            + "length, so the library walks on by the stride it computes. On a packed heap (--heap packed) nothing faults, and what follows is "
            + "stored as counters.",
        Fix = "The test's vectors are scaled by the number of CPUs. KernelSim's checked library asks the heap and refuses before a byte moves.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the test as it was") { CallerErrs = true };

    /// <inheritdoc/>
    public Cast After { get; } = new("the test with scaled vectors");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.PercpuHash, sizeof(uint), ValueSize, maxEntries: 64);
        int stride = (int)PerCpuLayout.Pad8(ValueSize);
        int valueBytes = stage.CallerErrs ? (int)ValueSize : stride * stage.Cpus;
        byte[] contents = new byte[Elements * valueBytes];
        for (int element = 0; element < Elements; element++)
        {
            for (int slot = 0; slot * stride < valueBytes; slot++)
            {
                MemoryMarshal.Write(contents.AsSpan((element * valueBytes) + (slot * stride)), element + 1);
            }
        }

        ulong options = stage.Options();
        ulong count = stage.Place(Elements);
        ulong keys = stage.Place(MemoryMarshal.AsBytes<int>([.. Enumerable.Range(1, Elements)]));
        ulong values = stage.Place(contents);
        stage.Place("user=ops; color=yes; log=/var/log/counters.log; interval=10s"u8);
        int result = stage.Call(
            "bpf_map_update_batch",
            $"map, keys, values of {contents.Length} bytes, count {Elements}",
            library => library.bpf_map_update_batch(map, keys, values, count, options));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        int right = 0;
        stage.OnEachCpu((context, percpu, _) =>
        {
            for (int key = 1; key <= Elements; key++)
            {
                Span<byte> value = context.MapLookupElem(percpu, BitConverter.GetBytes(key));
                right += !value.IsEmpty && MemoryMarshal.Read<int>(value) == key && !value[sizeof(int)..].ContainsAnyExcept((byte)0) ? 1 : 0;
            }
        });
        stage.Compare("values as a program finds them, of all CPUs", Elements * stage.Cpus, right);
    }
}
