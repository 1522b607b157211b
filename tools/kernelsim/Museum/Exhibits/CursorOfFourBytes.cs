using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>A cursor as large as Linux' hash maps need it, where a cursor is a key.</summary>
internal sealed class CursorOfFourBytes : IExhibit
{
    private const uint KeySize = 40;
    private const int Elements = 4;
    private const string Ebpf = "cilium/ebpf";

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "cilium-1223",
        Title = "a cursor that was not scaled by the key",
        Side = ExhibitSide.Application,
        Project = Ebpf,
        Year = 2023,
        Link = ExhibitLabel.Pull(1223, Ebpf),
        Fixes = [ExhibitLabel.Pull(1223, Ebpf)],
        Saw = "whoever reads batches must know what a cursor is: four bytes on Linux, a whole key on Windows",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program reads a hash map in batches, with a cursor that it keeps between the calls.",
        Application = "a cursor has four bytes, as for every hash map of Linux",
        Library = "a cursor is a key, and has the size of one",
        Kernel = "nothing: the cursor is the library's",
        Wrong = "out_batch is a pointer without a size, and its meaning is the kernel's. Linux writes the number of a bucket, eBPF for Windows "
            + "the last key. This was no bug of one side; it is what made cilium/ebpf hide the cursor.",
        Fix = "cilium/ebpf introduced an opaque cursor that the library allocates. In C: allocate at least key_size bytes, and at least four.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("a cursor of four bytes") { CallerErrs = true };

    /// <inheritdoc/>
    public Cast After { get; } = new("a cursor of key_size bytes");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, KeySize, sizeof(ulong), maxEntries: 64);
        stage.Fill(map, Elements, (int)KeySize, sizeof(ulong));
        ulong keys = stage.Room(Elements * KeySize);
        ulong values = stage.Room(Elements * sizeof(ulong));
        ulong count = stage.Place(Elements);
        ulong options = stage.Options();
        long cursorBytes = stage.CallerErrs ? sizeof(uint) : KeySize;
        ulong cursor = stage.Room(cursorBytes);
        byte[] settings = "interval=10s"u8.ToArray();
        ulong neighbour = stage.Place(settings);
        int result = stage.Call(
            "bpf_map_lookup_batch",
            $"map, in_batch NULL, out_batch of {cursorBytes} bytes, keys, values, count {Elements}",
            library => library.bpf_map_lookup_batch(map, 0, cursor, keys, values, count, options));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        stage.Compare("the block behind the cursor", "unchanged", ExhibitStage.Changed(settings, stage.Read(neighbour, settings.Length)));
    }
}
