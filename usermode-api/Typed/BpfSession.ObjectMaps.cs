using System.Runtime.CompilerServices;
using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Maps of maps and program arrays.
public sealed partial class BpfSession
{
    /// <summary>Creates a hash map whose values are maps.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="template">A map, open in this session, like those that it will hold. Only its definition is used.</param>
    /// <param name="maxEntries">Expected number of entries: a hint.</param>
    public HashOfMaps<TKey> CreateHashOfMaps<TKey>(string name, BpfMap template, uint maxEntries)
        where TKey : unmanaged => new(this, CreateOfMaps(BpfMapType.HashOfMaps, name, Unsafe.SizeOf<TKey>(), template, maxEntries));

    /// <summary>Creates an array of maps, all slots empty.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="template">See <see cref="CreateHashOfMaps"/>.</param>
    /// <param name="length">Number of slots.</param>
    public ArrayOfMaps CreateArrayOfMaps(string name, BpfMap template, uint length) =>
        new(this, CreateOfMaps(BpfMapType.ArrayOfMaps, name, sizeof(uint), template, length));

    /// <summary>Creates an array of programs, all slots empty.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="length">Number of slots.</param>
    public ProgramArray CreateProgramArray(string name, uint length) => new(this, Create<uint, uint>(BpfMapType.ProgArray, name, length));

    /// <summary>Opens a hash of maps by its id. Type and key size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <param name="id">Id of the map.</param>
    public HashOfMaps<TKey> OpenHashOfMaps<TKey>(uint id)
        where TKey : unmanaged => new(this, Open<TKey, uint>(BpfMapType.HashOfMaps, id));

    /// <summary>Opens an array of maps by its id. The type must be the map's own.</summary>
    /// <param name="id">Id of the map.</param>
    public ArrayOfMaps OpenArrayOfMaps(uint id) => new(this, Open<uint, uint>(BpfMapType.ArrayOfMaps, id));

    /// <summary>Opens an array of programs by its id. The type must be the map's own.</summary>
    /// <param name="id">Id of the map.</param>
    public ProgramArray OpenProgramArray(uint id) => new(this, Open<uint, uint>(BpfMapType.ProgArray, id));

    private OpenedMap CreateOfMaps(BpfMapType type, string name, int keySize, BpfMap template, uint maxEntries)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(template);
        if (template.Session != this)
        {
            throw new ArgumentException($"{template} is open in another session than this; open it here by its id.", nameof(template));
        }

        int fd = Library.bpf_create_map_in_map(type, name, keySize, template.Descriptor, (int)maxEntries);
        return Opened(type, fd, keySize, (int)MapTypeTable.ObjectValueBytes, $"map '{name}': bpf_create_map_in_map");
    }
}
