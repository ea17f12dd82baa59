using Sluice.Names;

namespace Sluice.Tests.Names;

/// <summary>
/// https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata#container-names
/// </summary>
public sealed class ContainerNameTests
{
    public static TheoryData<string> Good => ["abc", "a-b", "inbox-2026", "000", "a-b-c", new string('x', 63), "$root", "$web"];

    public static TheoryData<string> Bad =>
        ["", "ab", new string('x', 64), "Inbox", "in_box", "-ab", "ab-", "a--b", "a.b", "a/b", "zürich", "$logs", "$roots"];

    [Theory]
    [MemberData(nameof(Good))]
    public void What_azure_takes_is_a_name(string name) => Assert.True(ContainerName.IsValid(name));

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_it_does_not_take_is_none(string name) => Assert.False(ContainerName.IsValid(name));
}
