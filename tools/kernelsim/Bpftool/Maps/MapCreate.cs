using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map create</c>.</summary>
internal sealed class MapCreate
{
    private const int FewestWords = 7;

    private readonly BpftoolContext _context;
    private BpfMapType _type;
    private uint _keySize;
    private uint _valueSize;
    private uint _maxEntries;
    private uint _flags;
    private string? _name;
    private int _innerMap;

    private MapCreate(BpftoolContext context) => _context = context;

    private BpftoolOutput Output => _context.Output;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) => new MapCreate(context).Run(words);

    private int Run(WordReader words)
    {
        if (!words.Require(FewestWords))
        {
            return BpftoolOutput.Failed;
        }

        string path = words.Take();
        try
        {
            while (words.Left > 0)
            {
                if (!words.Require(2) || !Take(words))
                {
                    return BpftoolOutput.Failed;
                }
            }

            return _name is null ? Output.Fail("map name not specified") : Create(path);
        }
        finally
        {
            if (_innerMap > 0)
            {
                _context.Kernel.Close(_innerMap);
            }
        }
    }

    private bool Take(WordReader words)
    {
        if (words.Is("type"))
        {
            return TakeType(words);
        }

        if (words.Is("name"))
        {
            words.Skip();
            _name = words.Take();
            return true;
        }

        return words.Is("key") ? words.TryTakeNumber(ref _keySize, "key size")
            : words.Is("value") ? words.TryTakeNumber(ref _valueSize, "value size")
            : words.Is("entries") ? words.TryTakeNumber(ref _maxEntries, "max entries")
            : words.Is("flags") ? words.TryTakeNumber(ref _flags, "flags")
            : words.Is("dev") ? RefuseDevice(words)
            : words.Is("inner_map") ? TakeInnerMap(words)
            : Output.Fail($"unknown arg {words.Current}") == 0;
    }

    private bool TakeType(WordReader words)
    {
        words.Skip();
        if (_type != BpfMapType.Unspec)
        {
            return Output.Fail("map type already specified") == 0;
        }

        string name = words.Take();
        return MapTypeWords.TryParse(name, out _type) || Output.Fail($"unrecognized map type: {name}") == 0;
    }

    /// <summary>Maps are not offloaded to devices here, so that no device is known.</summary>
    private bool RefuseDevice(WordReader words)
    {
        words.Skip();
        return Output.Fail($"unrecognized netdevice '{words.Current}': No such device") == 0;
    }

    private bool TakeInnerMap(WordReader words)
    {
        words.Skip();
        if (!words.Require(2))
        {
            throw new BpftoolExit();
        }

        return ObjectSelector.ForMaps(_context).TryOpenOne(words, out _innerMap);
    }

    private int Create(string path)
    {
        BpftoolKernel kernel = _context.Kernel;
        using HeapBlock options = new(kernel.Memory, (uint)Unsafe.SizeOf<BpfMapCreateOpts>());
        BpfMapCreateOpts opts = new() { Sz = (ulong)Unsafe.SizeOf<BpfMapCreateOpts>(), MapFlags = _flags, InnerMapFd = Math.Max(_innerMap, 0) };
        MemoryMarshal.Write(options.Bytes, opts);
        options.Push();
        int fd = kernel.Library.bpf_map_create(_type, _name, _keySize, _valueSize, _maxEntries, options.Address);
        if (fd < 0)
        {
            return Output.FailCall("map create failed", fd);
        }

        int result = ObjectPin.Pin(_context, fd, path);
        kernel.Close(fd);
        return result == 0 ? Output.Done() : result;
    }
}
