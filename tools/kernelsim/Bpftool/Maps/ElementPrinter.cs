using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.Tool.Bpftool.Types;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>Prints the element whose key and value are in a map's blocks.</summary>
internal sealed class ElementPrinter
{
    private readonly BpftoolOutput _output;
    private readonly ElementTypes? _types;
    private readonly IReadOnlyList<IElementExtra> _extras;
    private readonly PlainElement _plain;

    /// <summary>Makes a printer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="types">Types of key and value; null if they are bytes. In text, elements with types are JSON too.</param>
    /// <param name="extras">What is printed besides.</param>
    public ElementPrinter(BpftoolOutput output, ElementTypes? types, params IReadOnlyList<IElementExtra> extras)
    {
        (_output, _types, _extras) = (output, types, extras);
        _plain = new PlainElement(output.Out);
        Document = output.Json ?? (types is null ? null : new BpftoolJson(output.Out, pretty: true));
    }

    /// <summary>The document that elements are in; null for lines of text.</summary>
    public BpftoolJson? Document { get; }

    /// <summary>Prints one element, alone.</summary>
    public void PrintOne(MapAccess map)
    {
        Print(map);
        End();
    }

    /// <summary>Ends a document that is not the command's own.</summary>
    public void End()
    {
        if (_output.Json is null)
        {
            Document?.End();
        }
    }

    /// <summary>Prints an element.</summary>
    public void Print(MapAccess map)
    {
        if (Document is null)
        {
            _plain.Print(map);
            foreach (IElementExtra extra in _extras)
            {
                extra.Print(_output.Out, map);
            }

            return;
        }

        Document.BeginObject();
        if (_output.Json is null)
        {
            new TypedElement(Document, _types!, plain: true).PrintMembers(map);
        }
        else
        {
            PrintMembers(Document, map);
        }

        PrintExtras(Document, map);
        Document.EndObject();
    }

    /// <summary>Prints a key that has no value that could be read.</summary>
    public void PrintFailure(MapAccess map, int result)
    {
        if ((map.HoldsMaps || map.HoldsPrograms) && (Errno)(-result) == Errno.ENOENT)
        {
            // An empty slot.
            return;
        }

        if (_output.Json is not { } json)
        {
            _plain.PrintFailure(map, (Errno)(-result) == Errno.ENOENT ? "<no entry>" : ErrnoText.Of(result));
            return;
        }

        json.BeginObject();
        json.Name("key");
        HexText.Write(json, map.Key);
        json.Name("value");
        json.BeginObject();
        json.Text("error", ErrnoText.Of(result));
        json.EndObject();
        json.EndObject();
    }

    private void PrintMembers(BpftoolJson json, MapAccess map)
    {
        json.Name("key");
        HexText.Write(json, map.Key);
        if (map.IsPerCpu)
        {
            PerCpuJson.Write(json, map, value => HexText.Write(json, value));
        }
        else
        {
            json.Name("value");
            HexText.Write(json, map.Value);
        }

        if (_types is not null)
        {
            json.Name("formatted");
            json.BeginObject();
            new TypedElement(json, _types, plain: false).PrintMembers(map);
            json.EndObject();
        }
    }

    private void PrintExtras(BpftoolJson json, MapAccess map)
    {
        if (_extras.Count == 0)
        {
            return;
        }

        json.Name("ks");
        json.BeginObject();
        foreach (IElementExtra extra in _extras)
        {
            extra.Print(json, map);
        }

        json.EndObject();
    }
}
