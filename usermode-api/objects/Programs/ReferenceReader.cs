using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Finds what the instructions of a function refer to: by relocations, or by a call's distance within a section.</summary>
internal sealed class ReferenceReader(
    ElfFile file,
    IReadOnlyDictionary<int, CodeSection> code,
    IReadOnlyDictionary<int, ObjectExtern> externs,
    MapPlaces maps,
    ObjectReading reading)
{
    public bool TryRead(ObjectFunction function, out List<CodeReference> references)
    {
        references = [];
        CodeSection section = code[function.SectionIndex];
        for (int at = function.FirstInstruction; at < function.End; at++)
        {
            BpfInstruction instruction = section.Instructions[at];
            bool isRelocated = section.Relocations.TryGetValue(at, out ElfRelocation relocation);
            CodeReference reference = new(at - function.FirstInstruction, default, -1);
            if (isRelocated
                    ? !TryRelocate(instruction, section.OffsetOf(at), relocation, ref reference)
                    : instruction.IsLocalCall && !TryCall(section, at + 1L + instruction.Immediate, section.OffsetOf(at) + 4, ref reference))
            {
                return false;
            }

            if (reference.Target >= 0)
            {
                references.Add(reference);
            }

            if (instruction.IsWide)
            {
                int left = function.End - at;
                if (!reading.Require(left >= 2, CheckTable.ElfInstructionSecondHalf, section.OffsetOf(at), "lddw", left, 2)
                    || !IsWhole(section, ++at))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsWhole(CodeSection section, int secondHalf) => reading.Require(
        !section.Relocations.ContainsKey(secondHalf), CheckTable.ElfRelocationInstruction, section.OffsetOf(secondHalf), "relocated opcode", 0);

    private bool TryRelocate(BpfInstruction instruction, long code, ElfRelocation relocation, ref CodeReference reference)
    {
        ElfRelocationType expected = instruction.IsWide ? ElfRelocationType.Wide : ElfRelocationType.Call;
        ElfSymbol symbol = relocation.Symbol;
        long place = relocation.FileOffset;
        return reading.Require(
                instruction.IsWide || instruction.IsLocalCall, CheckTable.ElfRelocationInstruction, code, "relocated opcode", instruction.Opcode)
            && reading.Require(relocation.Type == expected, CheckTable.ElfRelocationType, place + 8, "r_info", (uint)relocation.Type)
            && reading.Require(!symbol.IsCommon, CheckTable.ElfSymbolCommon, file.OffsetOf(symbol) + 6, file.NameOf(symbol), symbol.SectionIndex)
            && (symbol.IsUndefined
                ? TryExtern(instruction, symbol, ref reference)
                : symbol.HasSection && instruction.IsLocalCall
                    ? TryCall(symbol, instruction.Immediate, place, ref reference)
                    : TryAddress(instruction, symbol, place, ref reference));
    }

    private bool TryExtern(BpfInstruction instruction, ElfSymbol symbol, ref CodeReference reference)
    {
        bool isKnown = externs.TryGetValue(symbol.Index, out ObjectExtern? found);
        reference = reference with
        {
            Kind = instruction.IsWide ? CodeReferenceKind.ExternAddress : CodeReferenceKind.ExternCall,
            Target = found?.Index ?? -1,
        };
        return reading.Require(isKnown, CheckTable.ElfSymbolUndefined, file.OffsetOf(symbol) + 6, $"symbol '{file.NameOf(symbol)}'", 0);
    }

    // The symbol of a global function is where it starts, with -1 in the call; that of a section needs the call's distance.
    private bool TryCall(ElfSymbol symbol, int immediate, long place, ref CodeReference reference)
    {
        bool isCode = code.TryGetValue(symbol.SectionIndex, out CodeSection? section);
        long target = (long)(symbol.Value / BpfInstruction.Size) + immediate + 1;
        bool isAligned = symbol.Value % BpfInstruction.Size == 0;
        return reading.Require(isCode && isAligned, CheckTable.ElfCallTarget, place, $"call of '{file.NameOf(symbol)}'", symbol.Value)
            && TryCall(section!, target, place, ref reference);
    }

    private bool TryCall(CodeSection section, long target, long place, ref CodeReference reference)
    {
        int? function = section.FunctionAt(target);
        reference = reference with { Kind = CodeReferenceKind.Call, Target = function ?? -1 };
        return reading.Require(function is not null, CheckTable.ElfCallTarget,
            place, $"call into '{section.Section.Name}'", target * BpfInstruction.Size);
    }

    private bool TryAddress(BpfInstruction instruction, ElfSymbol symbol, long place, ref CodeReference reference)
    {
        long target = (long)symbol.Value + instruction.Immediate;
        if (symbol.HasSection && code.TryGetValue(symbol.SectionIndex, out CodeSection? section))
        {
            int? function = target % BpfInstruction.Size == 0 ? section.FunctionAt(target / BpfInstruction.Size) : null;
            reference = reference with { Kind = CodeReferenceKind.FunctionAddress, Target = function ?? -1 };
            return reading.Require(function is not null, CheckTable.ElfAddressTarget, place, $"address of '{file.NameOf(symbol)}'", target);
        }

        return maps.TryFind(symbol, target, place, file.NameOf(symbol), reading, ref reference);
    }
}
